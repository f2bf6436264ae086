"""`doctor` on a sound installation, and on those that are broken in one way each."""

import asyncio
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from adapters.security.secrets_file import load_or_create
from adapters.sqlite.archive.file import upgrade_archive
from adapters.sqlite.migrate import upgrade
from adapters.system.folder_lock import locked
from entrypoints.composition.doctor import doctor
from entrypoints.settings import Settings
from tests.integration.archive.planted import planted
from tests.integration.cli.conftest import Run

DAY_MICROSECONDS = 24 * 3600 * 1_000_000


class Cloud(BaseHTTPRequestHandler):
    """Refuses everybody, as a service does that is asked without a token."""

    status = 403
    off = timedelta(0)

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def date_time_string(self, _: float | None = None) -> str:
        return format_datetime(datetime.now(UTC) + self.off, usegmt=True)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def clouds() -> Iterator[Callable[..., str]]:
    """Starts services that answer in one way each; their URLs."""
    running: list[HTTPServer] = []

    def start(**answers: object) -> str:
        server = HTTPServer(("127.0.0.1", 0), type("Told", (Cloud,), answers))
        Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder as the first start leaves it."""
    data = tmp_path / "data"
    upgrade(data / "gateway.sqlite3")
    for name in ("token-secret", "sealing-key"):
        load_or_create(data / name)
    return data


@pytest.fixture
def found(folder: Path, clouds: Callable[..., str]) -> Callable[..., dict[str, str]]:
    """What is found, `about: verdict says`; keyword arguments are settings."""

    def look(**overrides: Any) -> dict[str, str]:
        urls = {name: clouds() for name in ("emporia_api_url", "emporia_cognito_url")}
        settings = Settings(**{"data_dir": folder, **urls, **overrides})
        findings = asyncio.run(doctor(settings)())
        return {each.about: f"{each.verdict} {each.says}" for each in findings}

    return look


def sql(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "gateway.sqlite3")) as connection, connection:
        connection.execute(statement, values)


def wrong(found: dict[str, str]) -> list[str]:
    return [about for about, said in found.items() if said.startswith("WRONG")]


def test_nothing_is_wrong_with_what_a_first_start_leaves(found) -> None:
    assert wrong(found()) == []


def test_one_line_each_and_exit_code_0_where_nothing_is_wrong(run: Run, clouds) -> None:
    looked = run("doctor", EMPORIA_API_URL=clouds(), EMPORIA_COGNITO_URL=clouds())

    assert (looked.returncode, looked.stderr) == (0, "")
    lines = looked.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["ok"] * len(lines)
    assert len(lines) == 13


def test_looking_makes_nothing(run: Run, clouds, tmp_path: Path) -> None:
    run("doctor", EMPORIA_API_URL=clouds(), EMPORIA_COGNITO_URL=clouds())

    assert list(tmp_path.iterdir()) == []


def test_settings_that_can_t_be_used_are_told_each_in_a_line(run: Run) -> None:
    looked = run("doctor", LOG_FORMAT="loud", CONNECTIONS="many")

    assert looked.returncode == 1
    assert "WRONG  settings      LOG_FORMAT: 'loud' is not one of console, json." in looked.stdout
    assert "WRONG  settings      CONNECTIONS: " in looked.stdout


@pytest.mark.of_sqlite("its file is damaged")
def test_a_damaged_database_is_told_with_exit_code_1(run: Run, folder: Path, clouds) -> None:
    file = folder / "gateway.sqlite3"
    file.write_bytes(os.urandom(file.stat().st_size))
    looked = run("doctor", EMPORIA_API_URL=clouds(), EMPORIA_COGNITO_URL=clouds())

    assert looked.returncode == 1
    assert "WRONG  database" in looked.stdout
    assert "is no SQLite database; restore a backup with: emporia-api restore FILE" in looked.stdout


def test_a_lost_table_is_told(found, folder: Path) -> None:
    sql(folder, "DROP TABLE last_answers")

    assert "lacks tables or columns that were there; restore a backup" in found()["database"]


def test_a_database_with_a_damaged_page_is_damaged(found, folder: Path) -> None:
    for number in range(300):
        sql(folder, "INSERT INTO ended_logins SELECT ?, id, 1 FROM users", str(number))
    with (folder / "gateway.sqlite3").open("r+b") as file:
        file.seek(2 * 4096)
        file.write(os.urandom(4096))

    assert "database" in wrong(found())


def test_what_a_start_would_refuse_is_told(found, folder: Path) -> None:
    (folder / "restore-unfinished").touch()
    assert "was cut off; run it again" in found()["database"]

    (folder / "restore-unfinished").unlink()
    (folder / "gateway.sqlite3").unlink()
    said = found()
    assert wrong(said) == ["database"]
    assert "the database beside it is missing or empty" in said["database"]


def test_a_database_of_a_later_version_is_told(found, folder: Path) -> None:
    sql(folder, "UPDATE alembic_version SET version_num = '9999'")

    assert "run that version, or restore a backup." in found()["database"]


def test_a_sealing_key_that_is_missing_beside_links_is_told(found, folder: Path) -> None:
    link_someone(folder)
    (folder / "sealing-key").unlink()
    said = found()

    assert wrong(said) == ["sealing key"]
    assert "without which 1 link can't be opened; restore it" in said["sealing key"]


def test_another_sealing_key_than_the_links_were_sealed_with_is_told(found, folder: Path) -> None:
    link_someone(folder)

    assert "opens 0 of 1 link;" in found()["sealing key"]
    assert "opens 0 of 1 link;" in found(sealing_keys=(b"k" * 32,))["sealing key"]


def test_second_factors_that_the_sealing_key_does_not_open_are_told(found, folder: Path) -> None:
    assert (
        "opens what is sealed: 0 links, 0 kept passwords, 0 second factors"
        in found()["sealing key"]
    )

    link_someone(folder)
    sql(folder, "INSERT INTO second_factors SELECT id, x'01', 0, 0, 0 FROM users")
    said = found()

    assert wrong(said) == ["sealing key"]
    assert "opens 0 of 1 link and 0 of 1 second factor;" in said["sealing key"]
    assert "let in by: emporia-api user reset-second-factor EMAIL." in said["sealing key"]

    (folder / "sealing-key").unlink()
    assert "without which 1 link and 1 second factor can't" in found()["sealing key"]


def test_a_set_up_that_nobody_confirmed_is_not_missed(found, folder: Path) -> None:
    link_someone(folder)
    sql(folder, "DELETE FROM emporia_links")
    sql(folder, "INSERT INTO second_factors SELECT id, x'01', 0, NULL, 0 FROM users")

    assert wrong(found()) == []


def test_a_database_from_before_second_factors_is_looked_at(found, folder: Path) -> None:
    link_someone(folder)
    sql(folder, "DROP TABLE second_factors")

    assert "opens 0 of 1 link;" in found()["sealing key"]


def test_a_secret_that_others_can_read_is_told(found, folder: Path) -> None:
    (folder / "token-secret").chmod(0o644)
    said = found()

    assert wrong(said) == ["token secret"]
    assert f"close it with: chmod 600 {folder / 'token-secret'}" in said["token secret"]


def test_a_token_secret_that_is_missing_beside_logins_is_told(found, folder: Path) -> None:
    (folder / "token-secret").unlink()
    assert wrong(found()) == []

    link_someone(folder)
    (folder / "sealing-key").unlink()
    sql(folder, "INSERT INTO known_networks SELECT x'00', id, 0 FROM users")

    assert wrong(found()) == ["token secret", "sealing key"]


def test_looking_at_a_database_leaves_no_file_beside_it(found, folder: Path) -> None:
    sql(folder, "PRAGMA journal_mode = WAL")
    before = sorted(file.name for file in folder.iterdir())

    assert wrong(found()) == []

    assert sorted(file.name for file in folder.iterdir()) == before


def test_a_locked_database_is_not_told_to_be_restored(found, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "gateway.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = found()["database"]

    assert "is locked by another program; end it and try again." in said or said.startswith("ok")


def test_a_folder_that_others_may_look_into_is_worth_a_note(found, folder: Path) -> None:
    folder.chmod(0o755)

    assert found()["folder"].startswith("note others may look into")


def test_a_gateway_that_runs_on_the_folder_is_told(found, folder: Path) -> None:
    assert "no gateway runs" in found()["lock"]
    with locked(folder, patience_seconds=0):
        assert found()["lock"].startswith("ok a gateway runs")


@pytest.mark.parametrize(
    ("off", "says"), [(timedelta(minutes=5), "s behind"), (timedelta(minutes=-5), "s ahead of")]
)
def test_a_clock_that_is_minutes_off_is_told(found, clouds, off, says) -> None:
    said = found(emporia_cognito_url=clouds(off=off))

    assert wrong(said) == ["clock"]
    assert says in said["clock"]


def test_a_cloud_that_nobody_reaches_is_told(found) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    said = found(emporia_api_url=f"http://127.0.0.1:{port}")

    assert wrong(said) == ["device API"]
    assert (
        "can't be connected to; look at the network, the proxy and EMPORIA_API_URL."
        in (said["device API"])
    )


def test_a_cloud_that_never_answers_is_told_in_time(found) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        said = found(
            emporia_api_url=f"http://127.0.0.1:{listener.getsockname()[1]}",
            emporia_total_timeout_seconds=0.2,
        )

    assert "gave no answer within 0.2 s" in said["device API"]


def test_a_cloud_that_is_down_is_told(found, clouds) -> None:
    assert wrong(found(emporia_cognito_url=clouds(status=503))) == ["sign-in"]


def sign_in_links(folder: Path, *, days_ago: float) -> None:
    then = microseconds() - int(days_ago * DAY_MICROSECONDS)
    sql(folder, "UPDATE emporia_links SET signed_in_at = ?", then)


def test_links_that_end_within_five_days_are_told(found, folder: Path) -> None:
    link_someone(folder)
    sign_in_links(folder, days_ago=24.9)
    assert found()["links"] == "ok 1 link, and none ends soon"

    sign_in_links(folder, days_ago=26)
    said = found()
    day = datetime.now(UTC) + timedelta(days=4)
    assert wrong(said) == ["sealing key"]
    assert said["links"] == (
        f"note a link to Emporia ends about {day:%Y-%m-%d}; link it again before"
    )
    assert found(emporia_link_days=60)["links"].startswith("ok")

    link_someone(folder, number=1)
    sign_in_links(folder, days_ago=26)
    assert "note 2 links to Emporia end, the first about " in found()["links"]


def test_a_link_that_renews_itself_is_no_reason_to_worry_where_it_may(found, folder: Path) -> None:
    link_someone(folder)
    sign_in_links(folder, days_ago=26)
    sql(folder, "UPDATE emporia_links SET sealed_password = x'01'")

    assert found()["links"].startswith("note a link to Emporia ends")
    assert found(emporia_keep_password=True)["links"].startswith("ok")


def test_dead_links_are_told(found, folder: Path) -> None:
    link_someone(folder)
    sql(folder, "UPDATE emporia_links SET sealed_tokens = NULL")

    assert found()["links"] == "note 1 link has died; link again"


def test_a_kept_password_that_no_key_opens_is_told(found, folder: Path) -> None:
    link_someone(folder)
    sql(folder, "UPDATE emporia_links SET sealed_tokens = NULL, sealed_password = x'01'")

    assert "links that renew themselves do so no more" in found()["sealing key"]


def test_the_ends_of_links_of_an_earlier_version_are_not_guessed(found, folder: Path) -> None:
    link_someone(folder)
    sql(folder, "ALTER TABLE emporia_links DROP COLUMN signed_in_at")

    assert found()["links"] == "note their ends can't be told of this database"


def test_a_budget_that_is_spent_is_told(found, folder: Path) -> None:
    sql(folder, "INSERT INTO request_slots VALUES (42, ?, 2000)", microseconds())

    assert "wait until older ones are a day old" in found()["budget"]


def test_requests_that_are_counted_in_the_future_are_told(found, folder: Path) -> None:
    sql(folder, "INSERT INTO request_slots VALUES (42, ?, 1)", microseconds() + DAY_MICROSECONDS)

    assert "the clock was ahead" in found()["budget"]


def microseconds() -> int:
    return int(datetime.now(UTC).timestamp()) * 1_000_000


def link_someone(folder: Path, *, number: int = 0) -> None:
    """Let somebody have a link that no key of this folder opens; its time is now."""
    user = f"{number:032}"
    columns = "id, email, email_key, password_hash, created_at, updated_at"
    sql(folder, f"INSERT INTO users ({columns}) VALUES (?, 'a@b', ?, 'x', 0, 0)", user, user)  # noqa: S608  # nothing foreign in it
    link = "(?, 42, 's', 'n', 0, ?, ?, NULL)"
    sql(folder, f"INSERT INTO emporia_links VALUES {link}", user, b"\x01" * 64, microseconds())  # noqa: S608


def test_what_a_killed_backup_has_left_is_named(found, folder: Path) -> None:
    left = folder / f".emporia-api.backup.{'0' * 16}"
    left.touch()
    assert "leftovers" not in found()
    os.utime(left, (0, 0))

    said = found()

    assert left.name in said["leftovers"]
    assert wrong(said) == []


def test_a_trigger_that_was_slipped_in_is_told(found, folder: Path) -> None:
    sql(folder, "CREATE TRIGGER odd AFTER INSERT ON users BEGIN DELETE FROM users; END")

    assert "holds the trigger 'odd', which no gateway makes" in found()["database"]


@pytest.mark.parametrize(("number", "says"), [(0, "0 users,"), (1, "1 user,"), (2, "2 users,")])
def test_one_user_is_no_users(found, folder: Path, number: int, says: str) -> None:
    for each in range(number):
        sql(
            folder,
            "INSERT INTO users VALUES (?, ?, ?, 'x', 0, 0, NULL, NULL, NULL)",
            bytes([each]),
            each,
            each,
        )

    said = found(emporia_daily_requests=1)

    assert f", whole, {says} tables" in said["database"]
    assert "1 of 1 request left" in said["budget"]


def test_the_archive_is_told_with_its_size_and_the_recorder(found, folder: Path) -> None:
    missing = found()["archive"]
    upgrade_archive(folder / "archive.sqlite3")
    there = found(recorder=False)["archive"]

    assert missing.endswith("is not there yet; the next start makes it; the recorder is on")
    assert there.startswith(f"ok {folder}/archive.sqlite3, whole, mode 0600, ")
    assert there.endswith(", 0 series, last recorded never; the recorder is off")


def test_when_something_was_recorded_last_is_told(found, tmp_path: Path) -> None:
    planted(tmp_path / "data", datetime(2026, 3, 1, tzinfo=UTC), [0.001] * 60)

    assert "1 series, last recorded 2026-03-08T01:00:00Z; the recorder is on" in found()["archive"]


def test_a_broken_archive_is_told(found, folder: Path) -> None:
    upgrade_archive(folder / "archive.sqlite3")
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection:
        connection.execute("CREATE TRIGGER odd AFTER INSERT ON chunks BEGIN SELECT 1; END")

    assert found()["archive"].startswith("WRONG ")
    assert "holds the trigger 'odd', which no gateway makes" in found()["archive"]


def test_an_archive_that_others_can_read_is_told(found, folder: Path) -> None:
    upgrade_archive(folder / "archive.sqlite3")
    (folder / "archive.sqlite3").chmod(0o644)

    assert found()["archive"].startswith("note others can read ")
