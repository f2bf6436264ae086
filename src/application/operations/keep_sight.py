"""A node that hears neither the others nor the storage must not serve on what it remembers."""

import logging
from collections.abc import Callable

from application.live.feed.outlet import StreamEnd
from application.live.open_streams import OpenStreams
from application.ports.accounts.sight import Sight
from application.ports.clock import Clock
from application.ports.operations.foreign_changes import ForeignChanges
from domain.errors import StorageUnavailable

LOOK_SECONDS = 0.5

OUT_OF_TOUCH = "This node of the gateway is out of touch with the others and with its database."

logger = logging.getLogger(__name__)


class KeepSight(Sight):
    """Blind is a node to which both have been away for `longest_seconds`.

    Up to then a revocation may take that long to reach it; one of the two is enough to hear of it.
    """

    def __init__(
        self,
        *,
        hears_nodes: Callable[[], bool],
        changes: ForeignChanges,
        open_streams: OpenStreams,
        clock: Clock,
        longest_seconds: float,
    ) -> None:
        self._hears_nodes = hears_nodes
        self._changes = changes
        self._open_streams = open_streams
        self._clock = clock
        self._longest_seconds = longest_seconds
        self._away_since: float | None = None
        self.is_blind = False

    def require(self) -> None:
        if self.is_blind:
            raise StorageUnavailable(OUT_OF_TOUCH)

    async def run(self) -> None:
        """Look twice a second until cancelled."""
        while True:
            await self._clock.sleep(LOOK_SECONDS)
            self._look()

    def _look(self) -> None:
        was_blind, self.is_blind = self.is_blind, self._has_been_away()
        if self.is_blind:
            for stream in self._open_streams.all():
                stream.outlet.end(StreamEnd.OUT_OF_TOUCH)
        if self.is_blind and not was_blind:
            logger.error("out of touch: nobody is served", {"event": "out_of_touch"})
        if was_blind and not self.is_blind:
            logger.warning("in touch again", {"event": "in_touch_again"})

    def _has_been_away(self) -> bool:
        if self._hears_nodes() or not self._changes.is_blind:
            self._away_since = None
            return False
        now = self._clock.monotonic()
        if self._away_since is None:
            self._away_since = now
        return now - self._away_since >= self._longest_seconds
