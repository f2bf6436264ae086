"""What waits for the disk, and what does not."""

import asyncio
import errno
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_ISDIR

import pytest

from adapters.fake.clock import ManualClock
from adapters.sql.request_ledger import SqlRequestLedger
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import SqliteEngine, hasty
from adapters.sqlite.foreign_changes import SqliteForeignChanges
from adapters.sqlite.ledger.request_ledger import SqliteRequestLedger
from domain.accounts.users import User
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId
from domain.errors import StorageBusy, StorageUnavailable

HOME = AccountId(4711)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Disk:
    """Sees which files are flushed; fails while told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.flushed: list[str] = []
        self.fails = False
        self.failed = 0
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self._flush)

    def _flush(self, descriptor: int) -> None:
        if self.fails:
            self.failed += 1
            raise OSError(errno.EIO, "Input/output error")
        self.flushed.append("folder" if S_ISDIR(os.fstat(descriptor).st_mode) else "log")
        self._fsync(descriptor)

    async def wait_for(self, count: int) -> None:
        await self.wait_until(lambda: len(self.flushed) >= count)

    async def wait_for_failures(self, count: int) -> None:
        await self.wait_until(lambda: self.failed >= count)

    async def wait_until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not is_so():  # noqa: ASYNC110  # a thread flushes
                await asyncio.sleep(0.01)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def ledger(
    engine: SqliteEngine, database: Path, clock: ManualClock
) -> AsyncIterator[SqliteRequestLedger]:
    ledger = SqliteRequestLedger(engine, path=database, clock=clock)
    yield ledger
    await ledger.close()


async def synchronous(engine: SqliteEngine) -> int:
    """How the one connection of the pool commits: 1 is NORMAL, 2 is FULL."""
    async with engine.connect() as connection:
        number: int = (await connection.exec_driver_sql("PRAGMA synchronous")).scalar_one()
    return number


async def test_only_what_is_hasty_does_not_wait_for_the_disk(
    engine: SqliteEngine, ada: User
) -> None:
    users, ledger = SqlUserRepository(engine), SqlRequestLedger(hasty(engine))
    seen = []
    for _ in range(2):
        await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
        seen.append(await synchronous(engine))
        await users.add(ada)
        seen.append(await synchronous(engine))
        await users.remove(ada.id)

    assert seen == [1, 2, 1, 2]


async def test_counts_of_one_moment_share_a_commit_and_the_highest_of_a_minute_stays(
    engine: SqliteEngine, ledger: SqliteRequestLedger
) -> None:
    before = engine.own_commits.count
    await asyncio.gather(
        *(ledger.keep(HOME, Slot(NOON, count), forget_before=NOON) for count in (1, 3, 2))
    )
    commits = engine.own_commits.count - before

    assert commits == 2  # one, counted when it begins and when it is over
    assert await ledger.slots(HOME, since=NOON) == [Slot(NOON, 3)]


async def test_minutes_are_forgotten_when_the_first_that_counts_moves_on(
    ledger: SqliteRequestLedger,
) -> None:
    minutes = [NOON + timedelta(minutes=passed) for passed in range(3)]
    for minute in minutes:
        await ledger.keep(HOME, Slot(minute, 1), forget_before=NOON)
    await ledger.keep(HOME, Slot(minutes[2], 2), forget_before=minutes[1])

    kept = await ledger.slots(HOME, since=NOON)

    assert sorted(kept, key=lambda slot: slot.start) == [Slot(minutes[1], 1), Slot(minutes[2], 2)]


async def test_counts_in_a_locked_file_fail_together_and_the_next_are_kept(
    database: Path, ledger: SqliteRequestLedger
) -> None:
    await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
    other_program = sqlite3.connect(database, isolation_level=None)
    other_program.execute("BEGIN IMMEDIATE")
    outcomes = await asyncio.gather(
        *(ledger.keep(HOME, Slot(NOON, 2), forget_before=NOON) for _ in range(40)),
        return_exceptions=True,
    )
    other_program.execute("ROLLBACK")
    other_program.close()
    await ledger.keep(HOME, Slot(NOON, 3), forget_before=NOON)

    assert {type(outcome) for outcome in outcomes} == {StorageBusy}
    assert await ledger.slots(HOME, since=NOON) == [Slot(NOON, 3)]


async def test_counts_are_not_kept_in_a_file_that_is_gone(
    database: Path, ledger: SqliteRequestLedger
) -> None:
    await ledger.keep(HOME, Slot(NOON, 1), forget_before=NOON)
    await asyncio.to_thread(database.rename, database.with_name("elsewhere"))

    with pytest.raises(StorageUnavailable):
        await ledger.keep(HOME, Slot(NOON, 2), forget_before=NOON)

    assert not await asyncio.to_thread(database.exists)


async def test_what_the_budget_writes_is_no_foreign_change(
    engine: SqliteEngine, ledger: SqliteRequestLedger
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
    await disk.wait_until(lambda: bool(clock._sleepers))  # the flush is over, and its pause begins
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
    await ledger.keep(HOME, Slot(NOON, 2), forget_before=NOON)

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
    for failures in range(1, 4):
        await disk.wait_for_failures(failures)
        await clock.advance(1)
    told = [record.getMessage() for record in caplog.records]
    disk.fails = False
    await clock.advance(1)
    await disk.wait_for(2)

    assert len(told) == 1
    assert "can't be flushed: Input/output error" in told[0]
