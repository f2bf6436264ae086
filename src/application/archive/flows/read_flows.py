"""Flows of a home over a range: from the archive first, and of Emporia what it lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from application.accounts.access import Caller
from application.archive.flows.homes import home_of, series_of
from application.archive.months import Months
from application.archive.read_series import ReadSeries
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.answers import SeriesAnswer
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.flows.sums import BucketFlow, Piece, pieces_of, summed
from domain.archive.grid import Grid
from domain.archive.months import Timeline
from domain.archive.quality import Quality
from domain.archive.series import Series, SeriesName
from domain.archive.spans import HOUR_SECONDS
from domain.archive.windows import fewest_buckets, too_many
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.flow import Parts, split
from domain.emporia.home_power import Home
from domain.emporia.links import EmporiaLink
from domain.emporia.usage import Scale

PartsBetween = Callable[[int, int], Parts | None]
"""What a series drew and gave from one second to another, a bucket or an hour or a part of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsQuery:
    """A home, named by a device at its root, over [start, end); times are UTC."""

    caller: Caller
    home: int | None
    start: datetime
    end: datetime
    scale: Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsAnswer:
    """The buckets of `grid`, in order."""

    home: Home
    grid: Grid
    buckets: Sequence[BucketFlow]

    @property
    def first_instant(self) -> datetime:
        """Where the first bucket begins."""
        return datetime.fromtimestamp(self.grid.start, UTC)

    @property
    def coverage(self) -> float:
        """Which share of the time is known, from 0 to 1."""
        return sum(bucket.known_seconds for bucket in self.buckets) / self.grid.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFlows:
    """Up to a minute each bucket goes one way; hours and wider are sums of what went which way.

    Quarter hours, and hours that are known no finer, are netted where the two can't be told apart.
    """

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    series: ReadSeries
    months: Months
    work: HeavyWork
    most_buckets: int

    async def __call__(self, query: FlowsQuery) -> FlowsAnswer:
        """Raises what ReadHistory raises, and InvalidInput for a home that is none."""
        link = await usable_link(self.links, query.caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        home = home_of(customer, query.caller, query.home)
        names = series_of(home)
        location = customer.location_of(home.roots[0])
        most = self.most_buckets // len(names)
        finest = Scale.HOUR if query.scale.seconds is None else query.scale
        if fewest_buckets(finest, start=query.start, end=query.end) > most:
            raise too_many(finest, most)
        grid = await self.work(
            lambda: Grid.of(query.scale, query.start, query.end, location, most_buckets=most)
        )
        fine = _hours_of(grid) if query.scale.seconds is None else grid
        parts = {name: await self._parts(link, name, fine) for name in names}
        return FlowsAnswer(
            home=home,
            grid=grid,
            buckets=await self.work(partial(_buckets, home, grid, parts)),
        )

    async def _parts(self, link: EmporiaLink, name: SeriesName, grid: Grid) -> PartsBetween:
        """From the archive's hours where they know both ways, else by the sign of a bucket."""
        series = Series(link.account, name)
        answer = await self.series(link, series, grid)
        is_netted = grid.scale not in (Scale.SECOND, Scale.MINUTE)
        told = await self.work(partial(_told, answer, grid, is_netted=is_netted))
        if grid.scale is not Scale.HOUR:
            return lambda start, _: told.get(start)
        timeline = Timeline(await self.months.between(series, grid.start, grid.end))

        def of_hour(start: int, end: int) -> Parts | None:
            kept = timeline.parts(start, end)
            return told.get(start) if kept is None and end - start == HOUR_SECONDS else kept

        return of_hour


def _hours_of(grid: Grid) -> Grid:
    """The hours (UTC) that its buckets are made of."""
    first = grid.start // HOUR_SECONDS * HOUR_SECONDS
    after = -(-grid.end // HOUR_SECONDS) * HOUR_SECONDS
    return Grid(Scale.HOUR, range(first, after, HOUR_SECONDS), after, grid.location)


def _told(answer: SeriesAnswer, grid: Grid, *, is_netted: bool) -> dict[int, Parts]:
    """The buckets of which all is known, by their first second."""
    told, place = {}, 0
    for quality, count in answer.quality:
        for at in range(place, place + count):
            usage = answer.usages[at]
            if usage is not None and quality is not Quality.PARTIAL:
                net = round(usage * MILLIJOULES_PER_KWH)
                told[grid.starts[at]] = split(net, is_netted=is_netted)
        place += count
    return told


def _buckets(home: Home, grid: Grid, parts: Mapping[SeriesName, PartsBetween]) -> list[BucketFlow]:
    def piece(start: int, end: int) -> Piece:
        def told(gid: int, channel: str) -> Parts | None:
            return parts[SeriesName(gid, channel)](start, end)

        return Piece(start=start, end=end, flow=home.flow(told))

    return summed(grid, [piece(start, end) for start, end in pieces_of(grid)])
