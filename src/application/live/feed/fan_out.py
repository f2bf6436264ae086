"""One sample for many: every outlet of a view gets the same frame, encoded once."""

import logging
from collections.abc import Callable

from application.live.feed.audience import Audience
from application.live.feed.outlet import BROKEN_OUTLET, Frame, Outlet
from application.live.feed.subscription import View
from application.live.freshness import Freshness
from application.live.live_counts import LiveCounts
from application.ports.billing.cost_board import CostBoard
from application.ports.live.frame_encoder import FrameEncoder
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample

logger = logging.getLogger(__name__)

Newest = Callable[[], tuple[UsageSample, Freshness] | None]


class FanOut:
    """The outlets of one feed, by what they want to see."""

    def __init__(
        self,
        account: AccountId,
        *,
        newest: Newest,
        encoder: FrameEncoder,
        counts: LiveCounts,
        costs: CostBoard,
    ) -> None:
        self._account = account
        self._costs = costs
        self._newest = newest
        self._encoder = encoder
        self._counts = counts
        self._audiences: dict[View, Audience] = {}
        self.has_sent = False

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left."""
        return not self._audiences

    def add(self, outlet: Outlet, view: View) -> None:
        """Let an outlet have the newest frame at once, and all that are sent from now on."""
        audience = self._audiences.get(view)
        if audience is None:
            audience = self._audiences[view] = Audience(self._account, view)
        audience.add(outlet)
        frame = self._frame(audience)
        if frame is not None:
            self.has_sent = True
            outlet.put_frame(frame)
            self._count(frame, 1)

    def remove(self, outlet: Outlet) -> None:
        """Send this outlet nothing more."""
        for view, audience in tuple(self._audiences.items()):
            audience.discard(outlet)
            if audience.is_empty:
                del self._audiences[view]

    def send(self) -> None:
        """Give the newest frame to everybody."""
        for audience in tuple(self._audiences.values()):
            frame = self._frame(audience)
            if frame is None:
                continue
            self.has_sent = True
            self._count(frame, audience.put_frame(frame))

    def tell(self, say: Callable[[Outlet], None]) -> None:
        """Say something else to everybody."""
        for audience in tuple(self._audiences.values()):
            for outlet in audience.everybody:
                try:
                    say(outlet)
                except Exception:
                    logger.exception(BROKEN_OUTLET, self._account)

    def _count(self, frame: Frame, streams: int) -> None:
        self._counts.frames += streams
        self._counts.missed += frame.missed
        frame.missed = 0

    def _frame(self, audience: Audience) -> Frame | None:
        newest = self._newest()
        if newest is None:
            return None
        sample, freshness = newest
        try:
            user_id = audience.priced_for
            costs = None if user_id is None else self._costs.told(user_id, self._account)
            return audience.frame(sample, freshness, self._encoder, costs)
        except Exception:
            # One sample that can't be written must not stop the clock of all the others.
            logger.exception("a sample of account %d can't be encoded", self._account)
            return audience.newest
