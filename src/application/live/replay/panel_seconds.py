"""The seconds of one panel's mains, as Emporia has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from application.emporia.cloud.calls import EmporiaCalls
from application.emporia.cloud.through_any_link import through_any_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.live.feed.subscription import FeedKey
from application.ports.clock import Clock
from application.ports.emporia.emporia_gateway import ChartQuery, EmporiaGateway
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.emporia.channels import MAINS
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaLink
from domain.emporia.samples import UsageSample
from domain.live.panels import circuits_of
from domain.live.playback import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedSeconds:
    """What was answered: the usage of each second from `first` on, in seconds since 1970."""

    customer: Customer
    panel: int
    first: int
    usages: Sequence[float | None]
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSeconds:
    """Fetches seconds with one request, and makes samples of them."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    gateway: EmporiaGateway
    calls: EmporiaCalls
    clock: Clock

    async def fetch(self, key: FeedKey, panel: int, span: Span) -> FetchedSeconds:
        """Ask through any live link of the account.

        Raises LinkDead when none is left, UnknownDevice where the panel is not the account's any
        more, or what EmporiaCalls raises.
        """

        async def ask(link: EmporiaLink) -> FetchedSeconds:
            # In trouble the device list is asked for first: no seconds would end it.
            is_failing = await self.calls.are_failing(link.account)
            customer = await self.directory.customer(
                link,
                Purpose.REPLAYED_HOME,
                max_age_seconds=0.0 if is_failing else LOOKUP_AGE_SECONDS,
            )
            customer.require(frozenset({panel}))
            query = ChartQuery(
                gid=panel,
                channel=MAINS,
                start=datetime.fromtimestamp(span.start, UTC),
                end=datetime.fromtimestamp(span.end, UTC),
                scale=key.scale,
                unit=key.unit,
            )
            chart = await self.calls(
                link, Purpose.REPLAY, lambda tokens: self.gateway.chart(tokens, query)
            )
            begin = chart.first_usage_instant or query.start
            return FetchedSeconds(
                customer=customer,
                panel=panel,
                first=int(begin.timestamp()),
                usages=chart.usages,
                received_at=self.clock.now(),
            )

        return await through_any_link(self.links, key.account, ask)

    def sample(self, fetched: FetchedSeconds, second: int, usage: float | None) -> UsageSample:
        """The sample of one second; of all but the mains nothing is known."""
        sample = self.gateway.mains_sample(
            gid=fetched.panel,
            circuits=circuits_of(fetched.customer, fetched.panel),
            instant=datetime.fromtimestamp(second, UTC),
            usage=usage,
            received_at=fetched.received_at,
        )
        return sample.of_homes(fetched.customer.homes)
