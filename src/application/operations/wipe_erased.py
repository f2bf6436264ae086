"""What somebody erases is gone from every file, not only from the tables."""

import asyncio
import logging

from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.operations.erased_data import ErasedData
from domain.accounts.events import UserRemoved
from domain.billing.events import UtilityReadingsErased
from domain.emporia.events import (
    CountsErased,
    EmporiaPasswordForgotten,
    EmporiaPasswordsErased,
    LinkRemoved,
)
from domain.events import Event
from domain.operations.events import StorageChanged

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0

SOON = (
    CountsErased,
    UtilityReadingsErased,
    StorageChanged,
    EmporiaPasswordForgotten,
    EmporiaPasswordsErased,
)
"""What nobody waits for to be wiped."""

logger = logging.getLogger(__name__)


class WipeErased:
    """Wipes at once, and goes on trying for as long as a reader holds the remains."""

    def __init__(self, *, erased_data: ErasedData, clock: Clock) -> None:
        self._erased_data = erased_data
        self._clock = clock
        self._wanted = asyncio.Event()
        self._wanted.set()  # an earlier process may have ended before it could
        self._is_held = False

    def listen(self, events: Events) -> None:
        """Hear of everything that is erased, here or by another process."""
        events.subscribe(UserRemoved, self._wipe_now)
        events.subscribe(LinkRemoved, self._wipe_now)
        for kind in SOON:
            events.subscribe(kind, self._wipe_soon)

    async def run(self) -> None:
        """Try what is wanted until it succeeds, ever more seldom, until cancelled."""
        while True:
            await self._wanted.wait()
            pause = FIRST_PAUSE_SECONDS
            while not await self._wipe():
                await self._clock.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _wipe_now(self, _: UserRemoved | LinkRemoved) -> None:
        await self._wipe()

    async def _wipe_soon(self, _: Event) -> None:
        self._wanted.set()

    async def _wipe(self) -> bool:
        self._wanted.clear()
        if await self._erased_data.wipe():
            if self._is_held:
                logger.info("what was erased is gone from the write-ahead log too")
            self._is_held = False
            return True
        self._wanted.set()
        if not self._is_held:
            logger.warning(
                "what was erased still stands in the write-ahead log, which another program reads; "
                "trying again until it lets go"
            )
        self._is_held = True
        return False
