"""Keeps what happens to accounts, for as long as was asked for."""

import logging

from application.operations.trail_lines import TOLD, line_of
from application.ports.accounts.trail import Trail
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.trail import kept_since
from domain.errors import StorageUnavailable
from domain.events import Event

SWEEP_SECONDS = 3600.0

logger = logging.getLogger(__name__)


class KeepTrail:
    """Writes a line for each event that leaves one; 0 days keep nothing."""

    def __init__(self, *, trail: Trail, clock: Clock, days: int) -> None:
        self._trail = trail
        self._clock = clock
        self._days = days

    def listen(self, events: Events) -> None:
        """Hear of all that leaves a line."""
        if self._days:
            for kind in TOLD:
                events.subscribe(kind, self._keep)

    async def run(self) -> None:
        """Forget what is too old now and every hour, until cancelled."""
        while True:
            try:
                await self._trail.forget(before=kept_since(self._clock.now(), days=self._days))
            except StorageUnavailable:
                logger.info("what is too old in the trail could not be erased; next in an hour")
            await self._clock.sleep(SWEEP_SECONDS)

    async def _keep(self, event: Event) -> None:
        line = line_of(event, at=self._clock.now())
        if line is not None:
            await self._trail.add([line])
