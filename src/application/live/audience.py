"""Those who want the same of a feed: their frame is encoded once, for all of them."""

from dataclasses import dataclass
from datetime import datetime

from application.live.outlet import Frame, Outlet
from application.live.subscription import View
from application.ports.frame_encoder import FrameEncoder
from domain.emporia.usage import Document, UsageSample, with_watts
from domain.instants import format_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How a sample stands at a tick; times are UTC, `budget_left` None means no limit."""

    is_stale: bool
    next_poll_at: datetime
    budget_left: int | None


class Audience:
    """The outlets of one view, and the newest frame that was encoded for it."""

    __slots__ = ("_encoded", "_view", "newest", "outlets")

    def __init__(self, view: View) -> None:
        self._view = view
        self.outlets: set[Outlet] = set()
        self._encoded: tuple[UsageSample, Freshness | None] | None = None
        self.newest: Frame | None = None

    def frame(
        self, sample: UsageSample, freshness: Freshness, encoder: FrameEncoder
    ) -> Frame | None:
        """The frame of this sample; the former one's, if any, where it can't be encoded."""
        told = freshness if self._view.tells_age else None
        known = self._encoded
        if known is None or known[0] is not sample or known[1] != told:
            # Noted first: a sample that can't be encoded is not tried again every second.
            self._encoded = (sample, told)
            self.newest = self._encode(sample, told, encoder)
        return self.newest

    def _encode(self, sample: UsageSample, told: Freshness | None, encoder: FrameEncoder) -> Frame:
        document = sample.only(self._view.gids)
        if told is None:
            return encoder.device_data(document, None)
        live: Document = {
            "sampledAt": document["instant"],
            "receivedAt": format_instant(sample.received_at),
            "stale": told.is_stale,
            "nextPollAt": format_instant(told.next_poll_at),
            "budgetLeft": told.budget_left,
        }
        return encoder.device_data(with_watts(document), live)
