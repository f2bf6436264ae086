"""What every device used at one instant."""

from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import Caller
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.live.feed.samples import LiveSamples
from application.live.feed.subscription import DEFAULT_SCALE, DEFAULT_UNIT, FeedKey
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.samples import UsageDocument
from domain.emporia.usage import EnergyUnit, Scale

NOW_WITHIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantQuery:
    """Which devices (None: all) in the bucket that ends at which instant (UTC)."""

    caller: Caller
    instant: datetime
    scale: Scale
    unit: EnergyUnit
    gids: frozenset[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadInstant:
    """Answers "now" from the live sample, anything else from Emporia."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    samples: LiveSamples
    clock: Clock

    async def __call__(self, query: InstantQuery) -> UsageDocument:
        """Raises InvalidInput for foreign devices, and what ListDevices raises."""
        link = await usable_link(self.links, query.caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        if query.gids is not None:
            customer.require(query.gids, limits=query.caller.limits)
        if self._means_now(query):
            sample = await self.samples.current(FeedKey(link.account))
        else:
            key = FeedKey(link.account, query.scale, query.unit)
            sample = await self.samples.ask(link, Purpose.PAST, key, query.instant)
        return sample.document.within(query.caller.limits).only(query.gids)

    def _means_now(self, query: InstantQuery) -> bool:
        distance = abs((query.instant - self.clock.now()).total_seconds())
        return (
            distance <= NOW_WITHIN_SECONDS
            and query.scale is DEFAULT_SCALE
            and query.unit is DEFAULT_UNIT
        )
