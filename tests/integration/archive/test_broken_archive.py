"""An archive that breaks while the gateway runs: history and streams go on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.servers.postgres import ON_POSTGRESQL

MINUTE_AGO = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=10)


def archive_of(stage: Any) -> Path:
    folder: Path = stage.settings.data_dir
    return folder / "archive.sqlite3"


@asynccontextmanager
async def by_hand(stage: Any, *statements: str) -> AsyncIterator[None]:
    """What another program does to the archive, in one transaction that ends when left."""
    url = stage.settings.database_url or f"sqlite+aiosqlite:///{archive_of(stage)}"
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
            yield
    finally:
        await engine.dispose()


async def vanish(stage: Any) -> None:
    archive = archive_of(stage)
    for suffix in ("", "-wal", "-shm"):
        archive.with_name(archive.name + suffix).unlink(missing_ok=True)


async def become_a_letter(stage: Any) -> None:
    await vanish(stage)
    archive_of(stage).write_text("Dear reader, " * 1000)


async def lose_tables(stage: Any) -> None:
    async with by_hand(stage, "DROP TABLE months", "DROP TABLE chunks"):
        pass


OF_ITS_FILE = pytest.mark.of_sqlite("its file breaks")
BREAKS = [
    pytest.param(vanish, marks=OF_ITS_FILE),
    pytest.param(become_a_letter, marks=OF_ITS_FILE),
    lose_tables,
]
LOCK = "LOCK TABLE series, chunks, months" if ON_POSTGRESQL else "UPDATE series SET gid = gid"
"""Nobody else may write; with PostgreSQL, nor read."""


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
async def test_history_is_emporias_and_streams_go_on(stages, breaking, is_opened):
    async with stages() as stage:
        person = await stage.linked()
        socket = await stage.stream(person)
        if is_opened:
            await history(stage, person)
        await breaking(stage)

        values = await history(stage, person)

        assert len(values) == 60
        assert None not in values
        async with asyncio.timeout(10):
            await socket.receive_until("deviceData")
        ready = await stage.client.get("/health/ready")
        assert ready.status_code == 200


async def test_a_locked_archive_keeps_nobody_from_an_answer(stages):
    async with stages() as stage:
        person = await stage.linked()
        async with by_hand(stage, LOCK):
            values = await history(stage, person)

        assert len(values) == 60
        assert None not in values


@pytest.mark.parametrize("losing", [BREAKS[0], lose_tables])
async def test_whoever_leaves_while_the_archive_is_gone_is_gone(stages, losing):
    async with stages() as stage:
        person = await stage.linked()
        await losing(stage)

        left = await stage.client.request(
            "DELETE", "/me", headers=person.bearer, json={"password": person.password}
        )

        assert left.status_code == 204
        assert (await stage.get("/me", person)).status_code in {401, 404}
