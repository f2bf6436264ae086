"""Which series go into an export, and what their owner calls them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from application.accounts.access import Caller
from application.archive.exchange.known_customer import KnownCustomer
from application.archive.recorded import series_of
from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import DeviceDirectory
from application.ports.archive.held_series import HeldSeries
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.archive.exchange.exports import ExportedSeries, in_order
from domain.archive.series import SeriesName
from domain.archive.windows import require_order
from domain.emporia.channels import MAINS
from domain.emporia.devices import UNKNOWN_LOCATION, Customer, Device
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import UnknownDevice, UnknownSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportQuery:
    """Series by name, none for all there are, over [start, end) in UTC.

    Without `start` from the first bucket that is held, without `end` until now.
    """

    names: Sequence[SeriesName]
    start: datetime | None
    end: datetime | None
    scale: Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """What is to be exported, in order; `start` and `end` are seconds since 1970."""

    account: AccountId
    series: Sequence[ExportedSeries]
    scale: Scale
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExport:
    """Emporia is asked for no more than the device list, and that can be an old one."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    kept_answers: KeptAnswers
    held_series: HeldSeries
    clock: Clock

    async def __call__(self, caller: Caller, query: ExportQuery) -> ExportPlan:
        """What this caller may see.

        Raises NotLinked, LinkDead, UnknownDevice, UnknownSeries or InvalidInput; and an
        EmporiaError or BudgetSpent where no device list is known.
        """
        link = await usable_link(self.links, caller)
        customer = await KnownCustomer(directory=self.directory, kept_answers=self.kept_answers)(
            link
        )
        held = await self.held_series.names(link.account)
        visible = [
            name
            for name in _known(customer, held)
            if customer.sees(name.gid, name.channel, limits=caller.limits)
        ]
        return self._plan(link.account, customer, visible, query)

    async def of_account(self, account: AccountId, query: ExportQuery) -> ExportPlan:
        """As for its owner, without asking anybody; without names where no device list was kept."""
        customer = await self.kept_answers.customer(account)
        held = await self.held_series.names(account)
        return self._plan(account, customer, _known(customer, held), query)

    def _plan(
        self,
        account: AccountId,
        customer: Customer | None,
        visible: Sequence[SeriesName],
        query: ExportQuery,
    ) -> ExportPlan:
        for name in query.names:
            if name not in visible:
                raise _unknown(name, visible)
        now = self.clock.now()
        start = 0 if query.start is None else int(query.start.timestamp())
        end = now if query.end is None else min(now, query.end)
        if query.start is not None and query.end is not None:
            require_order(query.start, query.end)
        chosen = list(dict.fromkeys(query.names)) or sorted(visible, key=in_order)
        named = _Names.of(customer)
        return ExportPlan(
            account=account,
            series=[named.series(name) for name in chosen],
            scale=query.scale,
            start=start,
            end=ceil(end.timestamp()),
        )


@dataclass(frozen=True, slots=True)
class _Names:
    """Emporia lists a monitor twice: as what its owner named, and within it as what measures."""

    customer: Customer | None
    devices: dict[int, str]
    circuits: dict[SeriesName, str]

    @classmethod
    def of(cls, customer: Customer | None) -> "_Names":
        listed = [] if customer is None else list(_walk(customer.devices))
        return cls(
            customer,
            {device.gid: device.name for device in listed if device.name},
            {
                SeriesName(device.gid, channel.number): channel.name
                for device in listed
                for channel in device.channels
                if channel.name
            },
        )

    def series(self, name: SeriesName) -> ExportedSeries:
        return ExportedSeries(
            name=name,
            location=self.customer.location_of(name.gid) if self.customer else UNKNOWN_LOCATION,
            device=self.devices.get(name.gid),
            circuit=self.circuits.get(name),
        )


def _walk(devices: Sequence[Device]) -> Iterator[Device]:
    for device in devices:
        yield device
        yield from _walk(device.devices)


def _known(customer: Customer | None, held: Sequence[SeriesName]) -> list[SeriesName]:
    """What is listed or held, each once."""
    mains, others = ([], []) if customer is None else series_of(customer)
    return list(dict.fromkeys([*mains, *others, *held]))


def _unknown(name: SeriesName, visible: Sequence[SeriesName]) -> UnknownDevice | UnknownSeries:
    """What is hidden is told of in the same words as what never was."""
    if name.gid not in {each.gid for each in visible}:
        return UnknownDevice(f"series: device {name.gid} not found in the linked Emporia account.")
    return UnknownSeries(
        f"series: device {name.gid} has no series '{name.channel[:40]}'; "
        f"name one circuit, such as {name.gid}:1, or the mains as {name.gid}:{MAINS}."
    )
