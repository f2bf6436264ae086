"""Archives of accounts that nobody has linked any more go, at once or after a while."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from application.ports.archive.archives import Archives
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from application.ports.operations.erased_data import ErasedData
from domain.accounts.events import UserRemoved
from domain.accounts.users import UserId
from domain.emporia.events import LinkMade, LinkRemoved
from domain.emporia.links import AccountId
from domain.errors import StorageUnavailable

LOOK_SECONDS = 3600.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
"""After a look that could not erase everything: the storage failed, or a reader holds the log."""

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True, eq=False)
class ForgetArchives:
    """An archive stays while any user has its account linked, and for some days after.

    When the last of them leaves the gateway it is erased at once. Erased is what nobody can read
    any more; what it took on disk is overwritten in small steps, which go on after a restart.
    """

    archives: Archives
    links: EmporiaLinkRepository
    erased_data: ErasedData
    clock: Clock
    days_after_unlink: int
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    left: set[UserId] = field(default_factory=set)
    """Users that left, whose archives may not be erased yet."""
    is_failing: bool = False
    pause_seconds: float = LOOK_SECONDS
    has_remains: bool = True
    """What was erased may still stand in the log; an earlier process may have left some."""

    def listen(self, events: Events) -> None:
        """Hear of links and of users that leave."""
        events.subscribe(LinkMade, self._keep)
        events.subscribe(LinkRemoved, self._note_unlinked)
        events.subscribe(UserRemoved, self._note_left)

    async def run(self) -> None:
        """Look once an hour, and whenever something was erased, until cancelled."""
        while True:
            self.wanted.clear()
            try:
                await self._look()
                self.is_failing = False
            except StorageUnavailable as failure:
                if not self.is_failing:
                    logger.warning("archives that nobody has could not be erased: %s", failure)
                self.is_failing = True
            await self._pause()

    async def _pause(self) -> None:
        self.pause_seconds = self._next_pause()
        pause = asyncio.create_task(self.clock.sleep(self.pause_seconds))
        waking = asyncio.create_task(self.wanted.wait())
        try:
            await asyncio.wait({pause, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (pause, waking):
                task.cancel()
            await asyncio.gather(pause, waking, return_exceptions=True)

    def _next_pause(self) -> float:
        if not (self.has_remains or self.left):
            return LOOK_SECONDS
        if self.pause_seconds > LONGEST_PAUSE_SECONDS:
            return FIRST_PAUSE_SECONDS
        return min(2 * self.pause_seconds, LONGEST_PAUSE_SECONDS)

    async def _look(self) -> None:
        await self._erase_of_those_who_left()
        linked = set(await self.links.accounts())
        now = self.clock.now()
        for account in await self.archives.accounts():
            # Such as of a user whom another process removed, or of a restored backup.
            if account not in linked:
                await self.archives.note_unlinked(account, now, last_user=None)
        too_old = now - timedelta(days=self.days_after_unlink)
        for account in await self.archives.unlinked_before(too_old):
            # That it was linked again may not have been noted, where the storage failed.
            if account not in linked:
                await self.archives.erase(account)
                self.has_remains = True
        while await self.archives.wipe():
            self.has_remains = True
        if self.has_remains:
            self.has_remains = not await self.erased_data.wipe()

    async def _keep(self, event: LinkMade) -> None:
        with suppress(StorageUnavailable):  # which the storage says itself
            await self.archives.note_linked(event.account, event.user_id)

    async def _note_unlinked(self, event: LinkRemoved) -> None:
        with suppress(StorageUnavailable):  # it is noted an hour later, by the look
            if not await self._pass_on(event.account):
                await self.archives.note_unlinked(
                    event.account, self.clock.now(), last_user=event.user_id
                )

    async def _note_left(self, event: UserRemoved) -> None:
        self.left.add(event.user_id)
        with suppress(StorageUnavailable):  # the next look goes on
            await self._erase_of_those_who_left()
        self.wanted.set()

    async def _erase_of_those_who_left(self) -> None:
        """Whoever is still to be erased after this has failed is erased the next time."""
        for user_id in list(self.left):
            for account in await self.archives.of_last_user(user_id):
                if not await self._pass_on(account):
                    await self.archives.erase(account)
                    self.has_remains = True
            self.left.discard(user_id)

    async def _pass_on(self, account: AccountId) -> bool:
        """Note who else has it linked, so that it goes when they do; whether anybody has."""
        links = await self.links.of_account(account)
        if links:
            await self.archives.note_linked(account, links[-1].user_id)
        return bool(links)
