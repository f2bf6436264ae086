"""Where the operator lets no password of Emporia's be kept any more, none is."""

import logging
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.events import EmporiaPasswordsErased
from domain.errors import StorageUnavailable

PAUSE_SECONDS = 60.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPasswords:
    """Erases what was kept while it was allowed; the links themselves stay."""

    links: EmporiaLinkRepository
    events: Events
    clock: Clock
    may_keep_passwords: bool

    async def run(self) -> None:
        """Erase at the start, and try until that succeeds; does nothing where it is allowed."""
        while not self.may_keep_passwords:
            try:
                erased = await self.links.forget_passwords()
            except StorageUnavailable:
                logger.warning("kept passwords of Emporia could not be erased; trying again")
                await self.clock.sleep(PAUSE_SECONDS)
                continue
            if erased:
                logger.info("EMPORIA_KEEP_PASSWORD is off: %d kept passwords are erased", erased)
                await self.events.publish(EmporiaPasswordsErased())
            return
