"""What waits for the disk, and what does not."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISDIR

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.fake.clock import ManualClock
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.foreign_changes import SqliteForeignChanges
from adapters.sqlite.request_ledger import SqliteRequestLedger
from domain.accounts.users import User
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId

HOME = AccountId(4711)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Disk:
    """Sees which files are flushed; fails while told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.flushed: list[str] = []
        self.fails = False
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self._flush)

    def _flush(self, descriptor: int) -> None:
        if self.fails:
            raise OSError(errno.EIO, "Input/output error")
        self.flushed.append("folder" if S_ISDIR(os.fstat(descriptor).st_mode) else "log")
        self._fsync(descriptor)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.flushed) < count:  # noqa: ASYNC110  # a thread flushes
                await asyncio.sleep(0.01)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def ledger(
    engine: AsyncEngine, database: Path, clock: ManualClock
) -> AsyncIterator[SqliteRequestLedger]:
    ledger = SqliteRequestLedger(engine, path=database, clock=clock)
    yield ledger
    await ledger.close()


async def synchronous(engine: AsyncEngine) -> int:
    """How the one connection of the pool commits: 1 is NORMAL, 2 is FULL."""
    async with engine.connect() as connection:
        number: int = (await connection.exec_driver_sql("PRAGMA synchronous")).scalar_one()
    return number


async def test_the_budget_alone_does_not_wait_for_the_disk(
    engine: AsyncEngine, ledger: SqliteRequestLedger, ada: User
) -> None:
    users = SqlUserRepository(engine)
    seen = []
    for _ in range(2):
        await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
        seen.append(await synchronous(engine))
        await users.add(ada)
        seen.append(await synchronous(engine))
        await users.remove(ada.id)

    assert seen == [1, 2, 1, 2]


async def test_what_the_budget_writes_is_no_foreign_change(
    engine: AsyncEngine, ledger: SqliteRequestLedger
) -> None:
    changes = SqliteForeignChanges(engine)
    assert not await changes.happened()

    await ledger.keep(AccountId(1), Slot(NOON, 1), forget_before=NOON)

    assert not await changes.happened()
    await changes.close()


async def test_counts_are_flushed_to_the_disk_once_a_second_while_there_are_any(
    ledger: SqliteRequestLedger, clock: ManualClock, disk: Disk
) -> None:
    await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
    await disk.wait_for(2)
    for requests in range(2, 6):
        await ledger.keep(HOME, Slot(NOON, requests), forget_before=NOON)
    early = list(disk.flushed)
    await clock.advance(1)
    await disk.wait_for(3)
    await clock.advance(10)

    assert early == ["log", "folder"]
    assert disk.flushed == ["log", "folder", "log"]


async def test_what_was_counted_last_is_flushed_at_the_end(
    ledger: SqliteRequestLedger, disk: Disk
) -> None:
    await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
    await disk.wait_for(2)
    await ledger.replace(HOME, [Slot(NOON, 2)])

    await ledger.close()

    assert len(disk.flushed) == 3


async def test_a_flush_that_fails_is_told_once_and_made_up_for(
    ledger: SqliteRequestLedger,
    clock: ManualClock,
    disk: Disk,
    caplog: pytest.LogCaptureFixture,
) -> None:
    disk.fails = True
    await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
    for _ in range(3):
        await asyncio.sleep(0.05)
        await clock.advance(1)
    told = [record.getMessage() for record in caplog.records]
    disk.fails = False
    await clock.advance(1)
    await disk.wait_for(2)

    assert len(told) == 1
    assert "can't be flushed: Input/output error" in told[0]
