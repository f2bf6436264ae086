"""An archive that breaks while the gateway runs: history and streams go on."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.of_sqlite("its file breaks")

MINUTE_AGO = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=10)


def vanish(archive: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        archive.with_name(archive.name + suffix).unlink(missing_ok=True)


def become_a_letter(archive: Path) -> None:
    vanish(archive)
    archive.write_text("Dear reader, " * 1000)


def lose_tables(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        connection.executescript("DROP TABLE months; DROP TABLE chunks;")


BREAKS = [vanish, become_a_letter, lose_tables]


async def history(stage: Any, person: Any) -> Any:
    answer = await stage.get(
        "/devices/1001/history",
        person,
        channels="1,2,3",
        start=(MINUTE_AGO - timedelta(hours=1)).isoformat(),
        end=MINUTE_AGO.isoformat(),
        scale="1MIN",
        energyUnit="KilowattHours",
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["usageList"]


@pytest.mark.parametrize("is_opened", [True, False], ids=["while in use", "before its first use"])
@pytest.mark.parametrize("breaking", BREAKS)
async def test_history_is_emporias_and_streams_go_on(stages, tmp_path, breaking, is_opened):
    async with stages() as stage:
        person = await stage.linked()
        socket = await stage.stream(person)
        if is_opened:
            await history(stage, person)
        breaking(tmp_path / "data" / "archive.sqlite3")

        values = await history(stage, person)

        assert len(values) == 60
        assert None not in values
        async with asyncio.timeout(10):
            await socket.receive_until("deviceData")
        ready = await stage.client.get("/health/ready")
        assert ready.status_code == 200


async def test_a_locked_archive_keeps_nobody_from_an_answer(stages, tmp_path):
    async with stages() as stage:
        person = await stage.linked()
        with closing(
            sqlite3.connect(tmp_path / "data" / "archive.sqlite3", isolation_level=None)
        ) as other:
            other.execute("BEGIN IMMEDIATE")
            values = await history(stage, person)
            other.execute("ROLLBACK")

        assert len(values) == 60
        assert None not in values


async def test_whoever_leaves_while_the_archive_is_gone_is_gone(stages, tmp_path):
    async with stages() as stage:
        person = await stage.linked()
        vanish(tmp_path / "data" / "archive.sqlite3")

        left = await stage.client.request(
            "DELETE", "/me", headers=person.bearer, json={"password": person.password}
        )

        assert left.status_code == 204
        assert (await stage.get("/me", person)).status_code in {401, 404}
