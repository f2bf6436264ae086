"""Spent budgets in SQLite: written together, and seen to the disk once a second."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from adapters.sql.request_ledger import SqlRequestLedger
from adapters.sql.tables import microseconds
from adapters.sqlite.engine import SqliteEngine
from adapters.sqlite.ledger.counts import Counts, CountsFile
from adapters.sqlite.ledger.counts_thread import CountsThread
from adapters.system.private_files import sync, sync_names
from application.ports.clock import Clock
from application.ports.emporia.leases import Fence
from application.ports.emporia.request_ledger import RequestLedger
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId

FLUSH_SECONDS = 1.0

logger = logging.getLogger(__name__)


class _Batch:
    """Counts that are written in one commit, and what came of it."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._waiting: list[asyncio.Future[BaseException | None]] = []

    def outcome(self) -> "asyncio.Future[BaseException | None]":
        """What it fails at, None once all of them are kept; for one who may give up waiting."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return waiting

    def settle(self, failure: BaseException | None) -> None:
        """Tell all who still wait."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(failure)


class SqliteRequestLedger(RequestLedger):
    """Commits without waiting for the disk, and flushes the write-ahead log behind the commits.

    A commit that waited would delay each poll. Counts have a thread and a connection to
    themselves, for there is one with every request; those that come while it commits share the
    next commit. The flush holds no lock, so that nobody waits for it; whatever another connection
    commits meanwhile is flushed along.
    """

    def __init__(self, engine: SqliteEngine, *, path: Path, clock: Clock) -> None:
        self._kept = SqlRequestLedger(engine)
        self._own_commits = engine.own_commits
        self._counts = CountsThread(CountsFile(path, guard=engine.guard))
        self._next: _Batch | None = None
        self._writing: _Batch | None = None
        self._forgotten: dict[AccountId, datetime] = {}
        self._log = Path(f"{path}-wal")
        self._clock = clock
        self._is_wanted = False
        self._flushing: asyncio.Task[None] | None = None
        self._named: int | None = None
        self._fails = False

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        return await self._kept.slots(account, since=since)

    async def keep(
        self,
        account: AccountId,
        slot: Slot,
        *,
        forget_before: datetime,
        fence: Fence | None = None,  # noqa: ARG002  # alone on its storage
    ) -> None:
        batch = self._batch()
        batch.counts.add(account, microseconds(slot.start), slot.requests)
        if self._forgotten.get(account) != forget_before:
            batch.counts.forget_before[account] = microseconds(forget_before)
        failure = await batch.outcome()
        if failure is not None:
            raise failure
        self._forgotten[account] = forget_before

    async def confirm(self, account: AccountId, fence: Fence) -> None:
        pass

    async def replace(self, account: AccountId, slots: Sequence[Slot]) -> None:
        await self._kept.replace(account, slots)

    async def forget_unlinked(self, before: datetime) -> bool:
        return await self._kept.forget_unlinked(before)

    async def close(self) -> None:
        """Flush what is not yet, and no more from then on."""
        while self._writing is not None:
            await self._writing.outcome()
        if self._flushing is not None:
            self._flushing.cancel()
            await asyncio.gather(self._flushing, return_exceptions=True)
        if self._is_wanted:
            await self._flush()
        # At once: the thread has nothing left to do.
        self._counts.close()

    def _batch(self) -> _Batch:
        """The counts of the next commit."""
        if self._next is None:
            self._next = _Batch()
            if self._writing is None:
                self._writing = self._next
                # Not at once: whoever counts in this moment shares the commit.
                asyncio.get_running_loop().call_soon(self._write_next)
        return self._next

    def _write_next(self) -> None:
        """One commit at a time, until nobody waits for another."""
        batch, self._next = self._next, None
        self._writing = batch
        if batch is None:
            return
        self._own_commits.note()
        loop = asyncio.get_running_loop()
        self._counts.write(
            batch.counts,
            tell=lambda failure: loop.call_soon_threadsafe(self._note_written, batch, failure),
        )

    def _note_written(self, batch: _Batch, failure: BaseException | None) -> None:
        self._own_commits.note()
        if failure is None:
            self._flush_soon()
        batch.settle(failure)
        self._write_next()

    def _flush_soon(self) -> None:
        self._is_wanted = True
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush_in_turn(), name="counts to the disk")

    async def _flush_in_turn(self) -> None:
        """One flush at a time, with a pause behind each: a slow disk has one thread of ours."""
        while self._is_wanted:
            await self._flush()
            await self._clock.sleep(FLUSH_SECONDS)

    async def _flush(self) -> None:
        self._is_wanted = False
        try:
            await asyncio.to_thread(self._sync)
        except OSError as error:
            self._is_wanted = True
            if not self._fails:
                logger.warning("%s can't be flushed: %s", self._log, error.strerror)
            self._fails = True
        else:
            self._fails = False

    def _sync(self) -> None:
        try:
            # SQLite's locks are on its other files: to open and close this one lets go of none.
            sync(self._log)
            found = self._log.stat().st_ino
        except FileNotFoundError:
            return  # written back to the database, and flushed before it went
        if self._named != found:
            sync_names(self._log.parent)
            self._named = found
