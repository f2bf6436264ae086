"""A trail that nobody has to wait for."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from application.ports.accounts.trail import Trail
from application.ports.clock import Clock
from domain.accounts.trail import TrailLine
from domain.accounts.users import UserId
from domain.errors import StorageUnavailable

MOST_WAITING = 1000
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
READERS_PATIENCE_SECONDS = 1.0

logger = logging.getLogger(__name__)


class WriteBehindTrail(Trail):
    """Takes lines at once and writes them in a task of its own: no sign-in waits, or fails, for it.

    While the storage can't be written a bounded number waits; of more the oldest failures are
    dropped first. Who reads sees what was added before.
    """

    def __init__(self, kept: Trail, *, clock: Clock) -> None:
        self._kept = kept
        self._clock = clock
        self._waiting: dict[object, TrailLine] = {}
        self._writer: asyncio.Task[None] | None = None
        self._is_pausing = False
        self._is_closing = False
        self._lost = 0

    async def add(self, lines: Sequence[TrailLine]) -> None:
        for line in lines:
            self._take(line)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all(), name="trail")

    async def of_user(
        self, user_id: UserId, *, since: datetime, before: datetime | None, most: int
    ) -> Sequence[TrailLine]:
        await self._settle()
        return await self._kept.of_user(user_id, since=since, before=before, most=most)

    async def newest(self, *, since: datetime, most: int) -> Sequence[TrailLine]:
        await self._settle()
        return await self._kept.newest(since=since, most=most)

    async def forget(self, *, before: datetime) -> None:
        await self._kept.forget(before=before)

    async def close(self) -> None:
        """Write what waits; what the storage does not take now is lost, and that is logged."""
        self._is_closing = True
        if self._writer is not None:
            if self._is_pausing:
                self._writer.cancel()
            await asyncio.wait({self._writer})
        if self._waiting and not await self._write():
            self._lost += len(self._waiting)
        self._tell_of_losses()

    async def _settle(self) -> None:
        if self._writer is not None and not self._is_pausing:
            await asyncio.wait({self._writer}, timeout=READERS_PATIENCE_SECONDS)

    async def _write_all(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while self._waiting:
            if await self._write():
                pause = FIRST_PAUSE_SECONDS
                self._tell_of_losses()
                continue
            if self._is_closing:
                return
            self._is_pausing = True
            try:
                await self._clock.sleep(pause)
            finally:
                self._is_pausing = False
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _write(self) -> bool:
        """Whether what waited is out of the way; what can't be written yet waits on."""
        lines, self._waiting = self._waiting, {}
        try:
            await self._kept.add(list(lines.values()))
        except StorageUnavailable:
            newer, self._waiting = self._waiting, lines
            for line in newer.values():
                self._take(line)
            return False
        except Exception:
            logger.exception("lines of the trail can't be kept, and are left out")
        return True

    def _take(self, line: TrailLine) -> None:
        key: object = object() if line.group is None else (line.user_id, line.group)
        if known := self._waiting.get(key):
            self._waiting[key] = known.and_again(line)
            return
        if len(self._waiting) >= MOST_WAITING:
            failures = (each for each, kept in self._waiting.items() if kept.group is not None)
            del self._waiting[next(failures, next(iter(self._waiting)))]
            self._lost += 1
        self._waiting[key] = line

    def _tell_of_losses(self) -> None:
        if self._lost:
            logger.warning(
                "the storage could not be written: %d lines of the trail are lost", self._lost
            )
        self._lost = 0
