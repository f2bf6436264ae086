"""Several series over one range, each bucket with its quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import Caller
from application.archive.read_series import BucketsBeginElsewhere, ReadSeries
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.answers import SeriesAnswer
from domain.archive.grid import Grid
from domain.archive.series import Series, SeriesName
from domain.archive.windows import fewest_buckets, too_many
from domain.emporia.channels import MAINS
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaRefusedRequest, InvalidInput, UnknownSeries

MOST_SERIES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyQuery:
    """Some series over [start, end), in kWh; times are UTC. Raises InvalidInput."""

    caller: Caller
    names: Sequence[SeriesName]
    start: datetime
    end: datetime
    scale: Scale
    unit: EnergyUnit

    def __post_init__(self) -> None:
        if not 0 < len(self.names) <= MOST_SERIES:
            raise InvalidInput(f"series: name 1 to {MOST_SERIES} of them, each once.")
        if len(set(self.names)) < len(self.names):
            raise InvalidInput("series: one is named twice; name each once.")
        if self.unit is not EnergyUnit.KILOWATT_HOURS:
            raise InvalidInput(
                "energyUnit: only KilowattHours are kept; other units are told of one series at a "
                "time, by the device's own history."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMany:
    """Answers for all of them or for none; the archive is asked first for each."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    series: ReadSeries
    work: HeavyWork
    most_buckets: int

    async def __call__(self, query: ManyQuery) -> list[tuple[SeriesName, SeriesAnswer]]:
        """In the order of the question. Raises what ReadHistory raises, and UnknownSeries."""
        link = await usable_link(self.links, query.caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        _require_seen(customer, query)
        grid = await self._grid(customer, query)
        answers = []
        for name in query.names:
            series = Series(link.account, name)
            try:
                answers.append((name, await self.series(link, series, grid)))
            except BucketsBeginElsewhere:
                raise InvalidInput(
                    f"series: the days of {name} do not begin where its device's place has them; "
                    "ask its own history, or for a scale of an hour or finer."
                ) from None
            except EmporiaRefusedRequest:
                if name.channel == MAINS:
                    raise
                raise _unknown(name) from None
        return answers

    async def _grid(self, customer: Customer, query: ManyQuery) -> Grid:
        """The same buckets for all of them: wider than an hour they are days of one zone."""
        location = customer.location_of(query.names[0].gid)
        if query.scale.seconds is None:
            for name in query.names:
                theirs = customer.location_of(name.gid)
                if (theirs.zone, theirs.billing_cycle_start_day) != (
                    location.zone,
                    location.billing_cycle_start_day,
                ):
                    raise InvalidInput(
                        f"series: {query.names[0]} is in {location.zone.key} and {name} in "
                        f"{theirs.zone.key}, or their bills begin on other days: from 1D up their "
                        "buckets are not the same; ask for one at a time."
                    )
        most = self.most_buckets // len(query.names)
        if fewest_buckets(query.scale, start=query.start, end=query.end) > most:
            raise too_many(query.scale, most)

        def grid() -> Grid:
            return Grid.of(query.scale, query.start, query.end, location, most_buckets=most)

        return grid() if query.scale.seconds else await self.work(grid)


def _require_seen(customer: Customer, query: ManyQuery) -> None:
    """Raise UnknownDevice or UnknownSeries for what is not there, or not to be seen."""
    limits = query.caller.limits
    customer.require(frozenset(name.gid for name in query.names), limits=limits)
    for name in query.names:
        is_seen = customer.sees(name.gid, name.channel, limits=limits)
        if not (is_seen and customer.lists(name.gid, name.channel)):
            raise _unknown(name)


def _unknown(name: SeriesName) -> UnknownSeries:
    return UnknownSeries(
        f"series: Emporia has no series '{name.channel}' for device {name.gid}; name one circuit, "
        f"such as {name.gid}:1, or the mains as {name.gid}:1,2,3."
    )
