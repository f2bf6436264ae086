"""What is kept of an account that nobody is linked to any more goes when it has served."""

import logging
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.emporia.request_ledger import RequestLedger
from application.ports.events import Events
from domain.emporia.cloud.budget_shares import WINDOW
from domain.emporia.cloud.request_budget import SLOT
from domain.emporia.events import CountsErased
from domain.errors import StorageUnavailable

FIRST_LOOK_SECONDS = 600.0
"""A clock that is wrong at the start of a machine has mostly been set by then."""

LOOK_SECONDS = 3600.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetUnlinked:
    """Erases spent budgets of accounts without links once they are a day old.

    Until then they stay, or whoever unlinks and links again had a fresh budget.
    """

    ledger: RequestLedger
    events: Events
    clock: Clock

    async def run(self) -> None:
        """Look once an hour until cancelled; what can't be erased now is erased the next time."""
        await self.clock.sleep(FIRST_LOOK_SECONDS)
        while True:
            try:
                if await self.ledger.forget_unlinked(self.clock.now() - WINDOW - SLOT):
                    await self.events.publish(CountsErased())
            except StorageUnavailable as failure:
                logger.warning("old counts could not be erased: %s", failure)
            await self.clock.sleep(LOOK_SECONDS)
