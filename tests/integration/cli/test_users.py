"""An operator's commands for users: what they say, and what a running gateway makes of them."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pyotp
import pytest

from tests.integration.cli.conftest import environment
from tests.warm.program import warm_program

PASSWORD = "correct horse"
NEW = "a newer horse"


def add(run, email: str = "ada@example.com"):
    return run("user", "add", email, EMPORIA_API_PASSWORD=PASSWORD)


def test_users_are_added_and_listed(run):
    added = [add(run), add(run, "admin@homelab")]
    listed = run("user", "list")

    assert [(each.returncode, each.stdout, each.stderr) for each in added] == [
        (0, "Added ada@example.com.\n", ""),
        (0, "Added admin@homelab.\n", ""),
    ]
    rows = [line.split("\t") for line in listed.stdout.splitlines()]
    assert [email for _, _, email in rows] == ["ada@example.com", "admin@homelab"]
    assert all(re.fullmatch(r"20\d\d-.*Z", at) for at, _, _ in rows)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "sentence"),
    [
        (("add", "ada@example.com"), 1, "User with this email already exists."),
        (("add", "ada"), 2, "The email is not a valid address; name@example.com is."),
        (("reset-password", "bob@example.com"), 1, "Nobody has the email bob@example.com."),
        (("reset-password", "bob"), 2, "The email is not a valid address; name@example.com is."),
        (("reset-second-factor", "bob@example.com"), 1, "Nobody has the email bob@example.com."),
        (("remove", "bob@example.com", "--yes"), 1, "Nobody has the email bob@example.com."),
        (
            ("remove", "ada@example.com"),
            2,
            "this can't be undone; say --yes where nobody can be asked.",
        ),
    ],
)
def test_what_can_not_be_done_is_a_sentence_and_a_code(run, arguments, exit_code, sentence):
    add(run)

    refused = run("user", *arguments, EMPORIA_API_PASSWORD=NEW)

    assert (refused.returncode, refused.stdout) == (exit_code, "")
    assert refused.stderr == f"Error: {sentence}\n"


def test_a_short_password_is_bad_usage(run):
    refused = run("user", "add", "ada@example.com", EMPORIA_API_PASSWORD="short")

    assert refused.returncode == 2
    assert refused.stderr == "Error: The password must have 8 to 1024 characters.\n"


def test_a_password_that_nobody_gives_is_bad_usage(run):
    refused = run("user", "add", "ada@example.com")

    assert refused.returncode == 2
    assert refused.stderr == (
        "Error: the password of the new user is missing: set EMPORIA_API_PASSWORD, "
        "or name a file with --password-file.\n"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "--password-file: secret.txt can't be read: No such file or directory."),
        (
            b"\n",
            "--password-file: the first line of secret.txt is empty, but has to be a password.",
        ),
        (b"\xff", "--password-file: secret.txt is not UTF-8 text."),
    ],
)
def test_a_file_without_a_password_is_bad_usage(run, tmp_path: Path, content, sentence):
    if content is not None:
        (tmp_path / "secret.txt").write_bytes(content)

    refused = run("user", "add", "ada@example.com", "--password-file", "secret.txt")

    assert (refused.returncode, refused.stderr) == (2, f"Error: {sentence}\n")


@pytest.mark.of_sqlite("looks at its files; see test_postgresql.py")
@pytest.mark.parametrize("command", ["list", "remove", "reset-password"])
def test_where_no_gateway_has_run_none_is_begun(run, tmp_path: Path, command):
    arguments = {"list": (), "remove": ("ada@example.com", "--yes")}
    refused = run(
        "user",
        command,
        *arguments.get(command, ("ada@example.com",)),
        EMPORIA_API_PASSWORD=PASSWORD,
    )

    assert refused.returncode == 1
    assert refused.stderr == (
        "Error: There is no database in data; DATA_DIR names the folder it is in.\n"
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.of_sqlite("looks at its files; see test_postgresql.py")
def test_a_reader_of_the_log_is_told_of_when_a_user_is_removed(run, tmp_path: Path):
    add(run)
    with closing(sqlite3.connect(tmp_path / "data" / "gateway.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM users").fetchall()
        removed = run("user", "remove", "ada@example.com", "--yes")

    assert (removed.returncode, removed.stdout) == (0, "Removed ada@example.com.\n")
    assert removed.stderr.startswith("Another program reads the write-ahead log, ")


async def command(stage, *arguments: str, **named: str) -> str:
    """Run a command beside the stage's gateway; what it said."""
    process = await asyncio.create_subprocess_exec(
        warm_program(),
        "user",
        *arguments,
        env=environment(**stage.where_kept, **named),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said
    return said.decode()


@pytest.mark.parametrize(
    ("arguments", "sentence", "status"),
    [
        (("remove", "ada@homelab", "--yes"), "User not found.", 404),
        (("reset-password", "ada@homelab"), "Invalid or expired token.", 401),
    ],
)
async def test_a_command_beside_a_running_gateway_ends_streams_within_a_second(
    stage, arguments, sentence, status
):
    ada, bob = await stage.linked("ada@homelab"), await stage.linked("bob@homelab")
    adas, bobs = await stage.stream(ada), await stage.stream(bob)

    await command(stage, *arguments, EMPORIA_API_PASSWORD=NEW)

    async with asyncio.timeout(1):
        assert (await adas.receive_until("error"))["message"] == sentence
        await adas.closed()
    refused = await stage.get("/me", ada)
    assert (refused.status_code, refused.json()) == (status, {"error": sentence})
    assert (await bobs.receive_until("deviceData"))["data"]
    assert (await stage.get("/me", bob)).status_code == 200


async def test_somebody_who_lost_the_second_factor_is_let_in_by_the_operator(stage):
    ada = await stage.sign_up("ada@homelab")
    begun = await stage.client.post("/me/second-factor", headers=ada.bearer, json={})
    code = pyotp.TOTP(begun.json()["secondFactor"]["secret"]).now()
    path = "/me/second-factor/confirm"
    await stage.client.post(path, headers=ada.bearer, json={"code": code})
    credentials = {"email": ada.email, "password": ada.password}
    assert (await stage.client.post("/login", json=credentials)).status_code == 401

    said = await command(stage, "reset-second-factor", "ada@homelab")

    assert said == "ada@homelab has no second factor any more.\n"
    assert (await stage.client.post("/login", json=credentials)).status_code == 200
    again = await command(stage, "reset-second-factor", "ada@homelab")
    assert again == "ada@homelab had no second factor.\n"


async def test_a_reset_password_lets_in_at_once_beside_a_running_gateway(stage):
    await stage.sign_up("ada@homelab")

    await command(stage, "reset-password", "ada@homelab", EMPORIA_API_PASSWORD=NEW)
    credentials = {"email": "ada@homelab", "password": NEW}
    login = await stage.client.post("/login", json=credentials)

    bearer = {"Authorization": f"Bearer {login.json()['token']}"}
    assert (await stage.client.get("/me", headers=bearer)).status_code == 200


async def test_an_added_user_can_log_in_beside_a_gateway_that_lets_nobody_sign_up(stages):
    async with stages(signup="closed") as stage:
        credentials = {"email": "ada@homelab", "password": PASSWORD}
        refused = await stage.client.post("/signup", json=credentials)
        await command(stage, "add", "ada@homelab", EMPORIA_API_PASSWORD=PASSWORD)
        login = await stage.client.post("/login", json=credentials)

    assert (refused.status_code, login.status_code) == (403, 200)
