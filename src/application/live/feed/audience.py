"""Those who want the same of a feed: their frame is encoded once, for all of them."""

from application.live.feed.outlet import Batch, Frame, Outlet
from application.live.feed.subscription import View
from application.live.freshness import (
    Freshness,
    costs_document,
    limited_live_document,
    live_document,
)
from application.ports.billing.cost_board import HomeCosts
from application.ports.live.frame_encoder import FrameEncoder
from domain.accounts.users import UserId
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample


class Audience:
    """The outlets of one view, and the newest frame that was encoded for it."""

    __slots__ = ("_account", "_batches", "_encoded", "_view", "newest")

    def __init__(self, account: AccountId, view: View) -> None:
        self._account = account
        self._view = view
        self._batches: dict[type[Outlet], Batch] = {}
        self._encoded: tuple[UsageSample, Freshness | None, HomeCosts | None] | None = None
        self.newest: Frame | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left."""
        return all(batch.is_empty for batch in self._batches.values())

    @property
    def everybody(self) -> tuple[Outlet, ...]:
        """Who is there now; who leaves later is in it still."""
        return tuple(outlet for batch in self._batches.values() for outlet in batch.everybody)

    def add(self, outlet: Outlet) -> None:
        """Let an outlet be one of them."""
        kind = type(outlet)
        if kind not in self._batches:
            self._batches[kind] = outlet.new_batch(self._account)
        self._batches[kind].add(outlet)

    def discard(self, outlet: Outlet) -> None:
        """Let an outlet be none of them; nothing happens if it is none."""
        for batch in self._batches.values():
            batch.discard(outlet)

    def put_frame(self, frame: Frame) -> int:
        """Give everybody the frame; how many there are."""
        batches = tuple(self._batches.values())
        count = sum(len(batch.everybody) for batch in batches)
        for batch in batches:
            batch.put_frame(frame)
        return count

    @property
    def priced_for(self) -> UserId | None:
        """By whose tariffs its frames tell costs; None where they tell none."""
        return self._view.priced_for

    def frame(
        self,
        sample: UsageSample,
        freshness: Freshness,
        encoder: FrameEncoder,
        costs: HomeCosts | None = None,
    ) -> Frame | None:
        """The frame of this sample; the former one's, if any, where it can't be encoded."""
        told = freshness if self._view.tells_age else None
        known = self._encoded
        if (
            known is None
            or known[0] is not sample
            or known[1] != told
            or known[2] is not costs  # the same object until they are worked out again
        ):
            # Noted first: a sample that can't be encoded is not tried again every second.
            self._encoded = (sample, told, costs)
            self.newest = self._encode(sample, told, costs, encoder)
        return self.newest

    def _encode(
        self,
        sample: UsageSample,
        told: Freshness | None,
        costs: HomeCosts | None,
        encoder: FrameEncoder,
    ) -> Frame:
        view = self._view
        usages = sample.document.within(view.limits).only(view.gids)
        if told is None:
            return encoder.device_data(usages, None)
        if view.limits is not None:
            return encoder.device_data(usages.with_watts(), limited_live_document(sample, told))
        live = live_document(sample, told, gids=view.gids, tells_flows=view.tells_flows)
        if view.priced_for is not None:
            live = {**live, "cost": costs_document(costs, gids=view.gids)}
        return encoder.device_data(usages.with_watts(), live)
