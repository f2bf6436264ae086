"""Spent budgets in SQLite, seen to the disk once a second."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.request_ledger import SqlRequestLedger
from adapters.sqlite.engine import hasty
from adapters.system.private_files import sync, sync_names
from application.ports.clock import Clock
from application.ports.emporia.request_ledger import RequestLedger
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId

FLUSH_SECONDS = 1.0

logger = logging.getLogger(__name__)


class SqliteRequestLedger(RequestLedger):
    """Commits without waiting for the disk, and flushes the write-ahead log behind the commits.

    A commit that waited would delay each poll. The flush holds no lock, so that nobody waits for
    it; whatever another connection commits meanwhile is flushed along.
    """

    def __init__(self, engine: AsyncEngine, *, path: Path, clock: Clock) -> None:
        self._kept = SqlRequestLedger(hasty(engine))
        self._log = Path(f"{path}-wal")
        self._clock = clock
        self._is_wanted = False
        self._flushing: asyncio.Task[None] | None = None
        self._named: int | None = None
        self._fails = False

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        return await self._kept.slots(account, since=since)

    async def keep(self, account: AccountId, slot: Slot, *, forget_before: datetime) -> None:
        await self._kept.keep(account, slot, forget_before=forget_before)
        self._flush_soon()

    async def replace(self, account: AccountId, slots: Sequence[Slot]) -> None:
        await self._kept.replace(account, slots)
        self._flush_soon()

    async def forget_unlinked(self, before: datetime) -> bool:
        return await self._kept.forget_unlinked(before)

    async def close(self) -> None:
        """Flush what is not yet, and no more from then on."""
        if self._flushing is not None:
            self._flushing.cancel()
            await asyncio.gather(self._flushing, return_exceptions=True)
        if self._is_wanted:
            await self._flush()

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
