"""What the utility told of an account goes with the account's archive."""

import logging
from contextlib import suppress
from dataclasses import dataclass

from application.ports.archive.archives import Archives
from application.ports.billing.utility_readings import KeptUtilityReadings
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.accounts.events import UserRemoved
from domain.billing.events import UtilityReadingsErased
from domain.errors import StorageUnavailable

LOOK_SECONDS = 3600.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetUtilityReadings:
    """Erases them once nobody has the account linked and its archive is erased, too.

    So they stay for as many days after the last link as the archive does, and are gone at once when
    its last user leaves the gateway.
    """

    kept: KeptUtilityReadings
    archives: Archives
    links: EmporiaLinkRepository
    events: Events
    clock: Clock

    def listen(self, events: Events) -> None:
        """Hear of users that leave, after the archive has."""
        events.subscribe(UserRemoved, self._note_left)

    async def run(self) -> None:
        """Look once an hour until cancelled; what can't be erased now is erased the next time."""
        while True:
            try:
                await self._look()
            except StorageUnavailable as failure:
                logger.warning("the utility's readings could not be erased: %s", failure)
            await self.clock.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        needed = {*await self.links.accounts(), *await self.archives.accounts()}
        gone = [account for account in await self.kept.accounts() if account not in needed]
        for account in gone:
            await self.kept.erase(account)
        if gone:
            await self.events.publish(UtilityReadingsErased())

    async def _note_left(self, _: UserRemoved) -> None:
        with suppress(StorageUnavailable):  # the next look goes on
            await self._look()
