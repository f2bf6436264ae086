"""An operator's commands for tenants: what they say, and what a running gateway makes of them."""

import asyncio
import re

import httpx
import pytest

from tests.integration.cli.conftest import environment
from tests.integration.what_is_kept import stands_in
from tests.warm.program import warm_program

PASSWORD = "correct horse"
SHOWN = re.compile(r"apiKey=(eet_\w{20})\napiSecret=(ees_\w{32})\n")
KEPT = "Keep the secret now: it is stored as a hash, and never shown again.\n"


def credentials(said: str) -> tuple[str, str]:
    shown = SHOWN.fullmatch(said)
    assert shown is not None, said
    return shown[1], shown[2]


def test_a_tenant_is_made_listed_rotated_and_removed(run):
    made = run("tenant", "create", "home-app")
    api_key, secret = credentials(made.stdout)
    assert (made.returncode, made.stderr) == (0, KEPT)

    rows = [line.split("\t") for line in run("tenant", "list").stdout.splitlines()]
    assert [(key, name) for _, key, name in rows] == [(api_key, "home-app")]
    assert re.fullmatch(r"20\d\d-.*Z", rows[0][0])

    rotated = run("tenant", "rotate", "home-app", "--overlap-hours", "24")
    same_key, new_secret = credentials(rotated.stdout)
    assert (same_key, rotated.stderr) == (api_key, KEPT)
    assert new_secret != secret
    assert len(run("tenant", "list").stdout.split("\t")) == 4

    removed = run("tenant", "remove", "home-app", "--yes")
    assert (removed.returncode, removed.stdout, removed.stderr) == (
        0,
        "Removed home-app with 0 users.\n",
        "",
    )
    assert run("tenant", "list").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "home-app"), "There is a tenant 'home-app' already; choose another name."),
        (
            ("create", "Home App"),
            (
                "The name of a tenant has 1 to 64 small letters, digits and hyphens, and no hyphen "
                "at either end; home-app is one."
            ),
        ),
        (
            ("create", "default"),
            "'default' is whom users without a tenant belong to; choose another name.",
        ),
        (("rotate", "shop"), "There is no tenant 'shop'; `tenant list` shows all there are."),
        (("remove", "home-app"), "this can't be undone; say --yes where nobody can be asked."),
        (
            ("remove", "shop", "--yes"),
            "There is no tenant 'shop'; `tenant list` shows all there are.",
        ),
    ],
)
def test_what_can_not_be_done_is_a_sentence_and_a_code(run, arguments, sentence):
    run("tenant", "create", "home-app")

    refused = run("tenant", *arguments)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"Error: {sentence}\n"


def test_hours_outside_what_is_allowed_are_bad_usage(run):
    refused = run("tenant", "rotate", "home-app", "--overlap-hours", "721")
    assert refused.returncode == 2
    assert "721 is not in the range 0<=x<=720." in refused.stderr


@pytest.mark.of_sqlite("looks for its file; see test_postgresql.py")
@pytest.mark.parametrize("arguments", [("list",), ("rotate", "a"), ("remove", "a", "--yes")])
def test_where_no_gateway_has_run_none_is_begun(run, tmp_path, arguments):
    refused = run("tenant", *arguments)

    assert (refused.returncode, refused.stderr) == (
        1,
        "Error: There is no database in data; DATA_DIR names the folder it is in.\n",
    )
    assert not (tmp_path / "data").exists()


def test_users_of_a_tenant_are_named_by_it(run):
    run("tenant", "create", "home-app")
    for tenant in ((), ("--tenant", "home-app")):
        added = run("user", "add", "ada@homelab", *tenant, EMPORIA_API_PASSWORD=PASSWORD)
        assert (added.returncode, added.stderr) == (0, "")
    listed = [line.split("\t")[2:] for line in run("user", "list").stdout.splitlines()]
    assert listed == [["ada@homelab"], ["ada@homelab", "home-app"]]

    for command in (
        ("reset-password",),
        ("reset-second-factor",),
        ("events",),
        ("remove", "--yes"),
    ):
        name, *options = command
        unknown = run(
            "user", name, "ada@homelab", *options, "--tenant", "x", EMPORIA_API_PASSWORD=PASSWORD
        )
        assert (unknown.returncode, unknown.stderr) == (
            2,
            "Error: There is no tenant 'x'; `tenant list` shows all there are.\n",
        )
        done = run(
            "user",
            name,
            "ada@homelab",
            *options,
            "--tenant",
            "home-app",
            EMPORIA_API_PASSWORD=PASSWORD,
        )
        assert (done.returncode, done.stderr) == (0, "")
    listed = [line.split("\t")[2:] for line in run("user", "list").stdout.splitlines()]
    assert listed == [["ada@homelab"]]


async def command(stage, *arguments: str) -> str:
    """Run a command beside the stage's gateway; what it printed."""
    process = await asyncio.create_subprocess_exec(
        warm_program(),
        "tenant",
        *arguments,
        env=environment(**stage.where_kept),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, failed = await process.communicate()
    assert process.returncode == 0, failed
    return said.decode()


async def test_a_tenant_is_known_at_once_beside_a_running_gateway_and_gone_within_a_second(stage):
    client = httpx.BasicAuth(*credentials(await command(stage, "create", "home-app")))
    body = {"email": "ada@homelab", "password": PASSWORD}
    default = await stage.linked("ada@homelab")
    assert (await stage.client.post("/signup", json=body, auth=client)).status_code == 201
    login = await stage.client.post("/login", json=body, auth=client)
    ada = {"Authorization": f"Bearer {login.json()['token']}"}
    link = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
    linked = await stage.client.post("/emporia-auth", headers=ada, json=link)
    assert linked.status_code == 200
    made = await stage.client.post(
        "/me/keys", headers=ada, json={"name": "display", "scopes": ["read", "stream"]}
    )
    by_token, by_key = await stage.connect(), await stage.connect()
    for socket, token in ((by_token, login.json()["token"]), (by_key, made.json()["secret"])):
        await socket.send({"type": "authenticate", "token": token})
        assert (await socket.receive_until("deviceData"))["data"]
    others = await stage.stream(default)

    assert await command(stage, "remove", "home-app", "--yes") == "Removed home-app with 1 user.\n"

    async with asyncio.timeout(1):
        # A key goes with its user; which of the two is noticed first does not matter.
        assert (await by_token.receive_until("error"))["message"] == "User not found."
        await asyncio.gather(by_token.closed(), by_key.closed())
    assert (await others.receive_until("deviceData"))["data"]
    assert (await stage.client.get("/me", headers=ada)).status_code == 404
    key = {"Authorization": f"Bearer {made.json()['secret']}"}
    assert (await stage.client.get("/devices", headers=key)).status_code == 401
    refused = await stage.client.post("/login", json=body, auth=client)
    assert (refused.status_code, refused.json()) == (401, {"error": "Unknown client."})
    assert (await stage.client.post("/login", json=body)).status_code == 200
    assert await stands_in(stage, [b"home-app"]) == set()


async def test_a_rotated_secret_counts_at_once_beside_a_running_gateway(stage):
    old = httpx.BasicAuth(*credentials(await command(stage, "create", "home-app")))
    new = httpx.BasicAuth(*credentials(await command(stage, "rotate", "home-app")))
    body = {"email": "ada@homelab", "password": PASSWORD}

    answers = [await stage.client.post("/signup", json=body, auth=each) for each in (old, new)]

    assert [answer.status_code for answer in answers] == [401, 201]
