"""Whether a stream may have true seconds, and of which panel."""

from dataclasses import dataclass

from application.emporia.cloud.request_budgets import RequestBudgets
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.live.feed.feeds import LiveFeeds
from application.live.feed.subscription import DEFAULT_UNIT, FeedKey
from application.live.open_streams import OpenStream
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.keys import KeyLimits
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.usage import Scale
from domain.errors import NotLinked
from domain.live.errors import ReplayOff, ReplayOverBudget
from domain.live.panels import panel_to_show

DAILY_REQUESTS = 1440
"""One a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitReplay:
    """Lets a stream replay where the operator offers it and the budget can carry it."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    budgets: RequestBudgets
    feeds: LiveFeeds
    is_offered: bool

    async def __call__(
        self, stream: OpenStream, named: frozenset[int] | None, *, limits: KeyLimits | None
    ) -> int:
        """The gid of the panel to show to whoever named these devices (None: all).

        Raises ReplayOff, ReplayOverBudget, ReplayWithoutPanel, UnknownDevice for what is not there
        or an API key may not see, NotLinked, or what EmporiaCalls raises.
        """
        if not self.is_offered:
            raise ReplayOff
        link = await self.links.of_user(stream.user_id)
        if link is None:
            raise NotLinked
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        customer.require(named or frozenset(), limits=limits)
        panel = panel_to_show(customer, named, limits=limits)
        key = FeedKey(link.account, Scale.SECOND, DEFAULT_UNIT, panel)
        if self.feeds.have(key):
            return panel  # one more who watches it costs nothing
        daily = (1 + self.feeds.shares_beside(stream, link.account)) * DAILY_REQUESTS
        if not await self.budgets.can_carry(link.account, daily):
            raise ReplayOverBudget
        return panel
