"""Storage that breaks under a running gateway: 503 with its own sentence, told once in the log."""

import logging
import shutil
import sqlite3

import pytest
from sqlalchemy import event

pytestmark = pytest.mark.of_sqlite("its files break; see test_postgresql_outage.py")

PROBLEM = {"Accept": "application/problem+json"}
NOBODY = {"email": "bob@example.com", "password": "correct horse"}


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage().rpartition("fails: ")[2]
        for record in caplog.records
        if record.levelno >= logging.ERROR
    ]


async def let_go(stage) -> None:
    """Close every connection, so that the next ones meet the file as it is by then."""
    await stage.container.trail().close()
    await stage.container.foreign_changes().close()
    await stage.container.engine().dispose()


async def test_a_sign_up_into_a_deleted_folder_is_not_acknowledged(stage, caplog):
    await stage.sign_up()
    shutil.rmtree(stage.settings.data_dir)

    answers = [await stage.client.post("/signup", json=NOBODY, headers=PROBLEM) for _ in range(3)]
    ready = await stage.client.get("/health/ready")

    assert [answer.status_code for answer in answers] == [503] * 3
    assert answers[0].json()["code"] == "storage_unavailable"
    assert answers[0].json()["detail"] == "The gateway can't read or write its own data right now."
    assert answers[0].headers["Retry-After"] == "30"
    assert ready.status_code == 503
    assert faults(caplog) == ["the file is gone or was replaced"]


async def test_a_folder_that_comes_back_is_used_again(stage):
    moved = stage.settings.data_dir.with_name("elsewhere")
    stage.settings.data_dir.rename(moved)
    assert (await stage.client.get("/health/ready")).status_code == 503

    moved.rename(stage.settings.data_dir)

    assert (await stage.client.get("/health/ready")).status_code == 200
    assert (await stage.client.post("/signup", json=NOBODY)).status_code == 201


async def test_no_empty_database_takes_the_place_of_a_vanished_one(stage, caplog):
    person = await stage.sign_up()
    await let_go(stage)
    database = stage.settings.data_dir / "gateway.sqlite3"
    database.unlink()

    answers = [await stage.get("/me", person) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [503] * 3
    assert not database.exists()
    assert faults(caplog) == ["SQLITE_CANTOPEN"]


async def test_a_damaged_page_is_503_and_told_once_by_sqlites_name(stage, caplog):
    person = await stage.sign_up()
    await let_go(stage)
    with sqlite3.connect(stage.settings.data_dir / "gateway.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'users'"
        ).fetchone()[0]
    connection.close()
    with (stage.settings.data_dir / "gateway.sqlite3").open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(bytes(range(256)) * 16)

    account = {"email": person.email, "password": person.password}
    answers = [await stage.client.post("/login", json=account) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [503] * 3
    assert set(answers[0].json()) == {"error"}
    assert faults(caplog) == ["SQLITE_CORRUPT"]


async def test_a_full_disk_is_503_and_not_ready(stage, caplog):
    engine = stage.container.engine()

    def fill(connection, *_):
        # Beyond what is there no page can be had, as on a disk that is full.
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(engine.sync_engine, "checkout", fill)
    long = {"email": f"{'b' * 50}@example.com", "password": "correct horse"}
    answers = []
    for number in range(60):
        body = {**long, "email": f"{number}{long['email']}"}
        answers.append((await stage.client.post("/signup", json=body)).status_code)
        if answers[-1] != 201:
            break

    assert answers[-1] == 503
    assert faults(caplog) == ["SQLITE_FULL"]


async def test_a_database_that_can_not_be_written_is_not_ready(stage, caplog):
    engine = stage.container.engine()

    def refuse(connection, *_):
        connection.execute("PRAGMA query_only = ON")

    event.listen(engine.sync_engine, "checkout", refuse)

    assert (await stage.client.get("/health/ready")).status_code == 503
    assert (await stage.client.post("/signup", json=NOBODY)).status_code == 503
    assert (await stage.client.get("/health/live")).status_code == 200
    assert faults(caplog) == ["SQLITE_READONLY"]


async def test_a_stream_is_told_why_and_closed(stage):
    person = await stage.sign_up()
    await let_go(stage)
    (stage.settings.data_dir / "gateway.sqlite3").unlink()
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": person.token})

    assert await socket.receive_until("error") == {
        "type": "error",
        "message": "The gateway can't read or write its own data right now.",
    }
    assert await socket.closed() == 1013
