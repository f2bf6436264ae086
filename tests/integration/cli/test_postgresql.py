"""The commands where DATABASE_URL names PostgreSQL: each does its work, or says what does."""

from base64 import b64encode
from pathlib import Path

import pytest

from adapters.postgresql.migrate import HEAD
from tests.servers.nats import nats_server
from tests.servers.postgres import running

PASSWORD = {"EMPORIA_API_PASSWORD": "correct horse"}


def test_migrate_makes_the_tables_once(run, empty_url) -> None:
    outcomes = [run("migrate", DATABASE_URL=empty_url) for _ in range(2)]

    assert [outcome.returncode for outcome in outcomes] == [0, 0]
    assert outcomes[0].stdout == "The database of DATABASE_URL is up to date.\n"


def test_users_are_added_listed_and_removed(run, empty_url) -> None:
    assert run("user", "add", "ada@example.com", DATABASE_URL=empty_url, **PASSWORD).returncode == 0
    listed = run("user", "list", DATABASE_URL=empty_url).stdout
    audit = run("audit", DATABASE_URL=empty_url).stdout
    removed = run("user", "remove", "ada@example.com", "--yes", DATABASE_URL=empty_url)

    assert "ada@example.com" in listed
    assert "account_opened\toperator" in audit
    assert removed.returncode == 0
    assert "ada@example.com" not in run("user", "list", DATABASE_URL=empty_url).stdout


@pytest.mark.parametrize(
    "command",
    [
        ("user", "list"),
        ("user", "remove", "ada@example.com", "--yes"),
        ("user", "reset-password", "ada@example.com"),
        ("tenant", "list"),
        ("tenant", "rotate", "home-app"),
        ("tenant", "remove", "home-app", "--yes"),
    ],
    ids=" ".join,
)
def test_without_tables_a_command_says_how_to_make_them(run, empty_url, command) -> None:
    outcome = run(*command, DATABASE_URL=empty_url, **PASSWORD)

    assert (outcome.returncode, outcome.stderr) == (
        1,
        "Error: The database of DATABASE_URL has no tables yet; make them: emporia-api migrate\n",
    )


@pytest.mark.parametrize("command", [("backup", "there.tar"), ("restore", "here.tar", "--yes")])
def test_backups_are_left_to_postgresql_s_own_programs(
    run, postgres_url, tmp_path: Path, command
) -> None:
    (tmp_path / "here.tar").touch()

    outcome = run(*command, DATABASE_URL=postgres_url)

    assert outcome.returncode == 1
    assert "pg_dump" in outcome.stderr
    assert not (tmp_path / "there.tar").exists()


def test_check_counts_what_is_there(run, postgres_url) -> None:
    run("user", "add", "ada@example.com", DATABASE_URL=postgres_url, **PASSWORD)

    outcome = run("check", DATABASE_URL=postgres_url)

    assert outcome.returncode == 0
    assert outcome.stdout.startswith(
        f"The database of DATABASE_URL is whole: version {HEAD}, 1 user"
    )
    assert "The archive of DATABASE_URL is whole" in outcome.stdout


def test_doctor_looks_at_the_database(run, postgres_url) -> None:
    outcome = run(
        "doctor",
        DATABASE_URL=postgres_url,
        EMPORIA_API_URL="http://127.0.0.1:1",
        EMPORIA_COGNITO_URL="http://127.0.0.1:1",
    )

    lines = {line[7:19].strip(): line for line in outcome.stdout.splitlines()}
    assert lines["database"].startswith("ok     database      The PostgreSQL database test_")
    assert f"0 users, tables {HEAD}" in lines["database"]
    assert lines["archive"].startswith("ok     archive       0 series, last recorded never")
    assert lines["links"].startswith("ok")
    assert lines["budget"].startswith("ok")


def test_doctor_says_that_the_server_is_away(run) -> None:
    outcome = run(
        "doctor",
        DATABASE_URL="postgresql+asyncpg://ada:top-secret@127.0.0.1:1/gateway",
        EMPORIA_API_URL="http://127.0.0.1:1",
        EMPORIA_COGNITO_URL="http://127.0.0.1:1",
    )

    assert outcome.returncode == 1
    assert "WRONG  database      The PostgreSQL database gateway can't be reached" in outcome.stdout
    assert "top-secret" not in outcome.stdout + outcome.stderr


def test_archive_status_reads_an_empty_archive(run, postgres_url) -> None:
    outcome = run("archive", "status", DATABASE_URL=postgres_url)

    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_archive_verify_looks_through_it(run, postgres_url) -> None:
    outcome = run("archive", "verify", DATABASE_URL=postgres_url)

    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_an_export_of_nothing_says_so(run, postgres_url) -> None:
    outcome = run("export", "--out", "out.csv", DATABASE_URL=postgres_url)

    assert (outcome.returncode, outcome.stderr) == (1, "Error: The archive is empty.\n")


@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("user", "list"), ("check",)])
def test_a_server_that_is_away_ends_a_command_with_a_sentence(run, command) -> None:
    outcome = run(*command, DATABASE_URL="postgresql+asyncpg://ada:top-secret@127.0.0.1:1/gateway")

    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr == (
        "Error: The PostgreSQL database gateway can't be reached or does not answer "
        "(ECONNREFUSED); see that it runs.\n"
    )


def test_a_second_gateway_waits_and_names_the_first(run, start, postgres_url) -> None:
    with start("serve", until="Listening", DATABASE_URL=postgres_url, DATA_DIR="one"):
        outcome = run(
            "serve", DATABASE_URL=postgres_url, DATA_DIR="two", SHUTDOWN_GRACE_SECONDS="2"
        )

    assert outcome.returncode == 1
    assert "Error: Another gateway (on its own machine, since 20" in outcome.stderr
    assert "stop it, or join both by NATS_URL." in outcome.stderr


SHARED = {
    "TOKEN_SECRETS": "correct-horse-battery-staple-and-more",
    "SEALING_KEYS": b64encode(bytes(32)).decode(),
}


def test_beside_gateways_that_are_joined_is_none_that_is_not(run, start, postgres_url) -> None:
    named = {"DATABASE_URL": postgres_url, "SHUTDOWN_GRACE_SECONDS": "2", **SHARED}
    with nats_server() as nats:
        joined = {"NATS_URL": nats.url, **named}
        with (
            start("serve", until="Listening", DATA_DIR="one", **joined),
            start("serve", until="Listening", DATA_DIR="two", **joined),
        ):
            alone = run("serve", DATA_DIR="three", **named)
            copy = run("migrate", "--copy-from", "sqlite:///four", DATA_DIR="four", **joined)
        with start("serve", until="Listening", DATA_DIR="three", **named):
            late = run("serve", DATA_DIR="one", **joined)

    for refused in (alone, copy, late):
        assert refused.returncode == 1
        assert "Error: Another gateway (on its own machine, since 20" in refused.stderr


def test_whether_tls_is_used_is_no_setting_of_the_server_s(start, empty_url) -> None:
    url = f"{empty_url}&ssl=prefer"
    with start("serve", until="Listening", DATABASE_URL=url, DATA_DIR="one") as gateway:
        assert gateway.end(15)[0] == 0


def test_a_second_gateway_follows_the_first(start, postgres_url) -> None:
    named = {"DATABASE_URL": postgres_url, "SHUTDOWN_GRACE_SECONDS": "10"}
    with (
        start("serve", until="Listening", DATA_DIR="one", **named) as first,
        start("serve", until="waiting", DATA_DIR="two", **named) as second,
    ):
        first.process.terminate()
        second.read_on(until="Listening")
        assert second.end(15)[0] == 0


def test_secrets_beside_an_empty_database_stop_the_start(run, empty_url, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sealing-key").write_text("k" * 44)

    outcome = run("serve", DATABASE_URL=empty_url)

    assert outcome.returncode == 1
    assert "emporia-api migrate --copy-from sqlite:///" in outcome.stderr


def test_a_gateway_whose_lock_another_took_stops(start) -> None:
    with running() as server:
        name = server.create()
        url = server.url(name)
        with start("serve", until="Listening", DATABASE_URL=url, DATA_DIR="one") as gateway:
            server.sql(
                "CREATE FUNCTION take() RETURNS void LANGUAGE sql AS "
                "'SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = ''advisory'''; "
                "SELECT take(); SELECT pg_advisory_lock(1162694705), pg_sleep(4)",
                database=name,
            )
            code, said = gateway.end()

    assert code == 1
    assert "Error: Another gateway" in said
    assert "Stopped" in said
