"""The past of one series, over any range."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from application.accounts.access import Caller
from application.archive.ask_cloud import AskCloud
from application.archive.read_series import BucketsBeginElsewhere, ReadSeries
from application.emporia.cloud.calls import EmporiaCalls
from application.emporia.cloud.read_shares import ReadShares
from application.emporia.cloud.request_budgets import RequestBudgets
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.grid import Grid
from domain.archive.series import Series, SeriesName
from domain.archive.windows import HistoryRange, fewest_buckets
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Location
from domain.emporia.links import EmporiaLink
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale
from domain.errors import EmporiaRefusedRequest, UnknownSeries

MAINS = "1,2,3"
MOST_AT_ONCE = 4000
MOST_BY_CALENDAR_AT_ONCE = 500
"""So many buckets cost 10 ms, which nobody notices; the days of a century cost half a second."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """One series of one device over [start, end); times are UTC.

    `channel` is Emporia's name of the series: `1,2,3` for the mains, a number for a circuit.
    """

    caller: Caller
    gid: int
    channel: str
    start: datetime
    end: datetime
    scale: Scale
    unit: EnergyUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHistory:
    """Energy comes from the archive first; other units are asked of Emporia, window by window."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    calls: EmporiaCalls
    budgets: RequestBudgets
    shares: ReadShares
    cloud: AskCloud
    series: ReadSeries
    work: HeavyWork
    most_buckets: int

    async def __call__(self, query: HistoryQuery) -> ChartUsage:
        """Raises InvalidInput, NotLinked, LinkDead, BudgetSpent or an EmporiaError.

        A series that Emporia refuses is UnknownSeries, unless it is the mains, which every
        device has.
        """
        link = await usable_link(self.links, query.caller)
        # In trouble the device list is asked for first: a history's failure would say nothing of
        # what streams need, and so its success would not end their outage either.
        is_failing = await self.calls.are_failing(link.account)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=0.0 if is_failing else LOOKUP_AGE_SECONDS
        )
        limits = query.caller.limits
        customer.require(frozenset({query.gid}), limits=limits)
        if not customer.sees(query.gid, query.channel, limits=limits):
            raise _unknown_series(query)
        location = customer.location_of(query.gid)
        try:
            is_kept = query.unit is EnergyUnit.KILOWATT_HOURS and customer.lists(
                query.gid, query.channel
            )
            if not is_kept:
                return await self._of_cloud(link, query, location)
            return await self._of_archive(link, query, location)
        except EmporiaRefusedRequest:
            if query.channel == MAINS:
                raise
            raise _unknown_series(query) from None

    async def _of_archive(
        self, link: EmporiaLink, query: HistoryQuery, location: Location
    ) -> ChartUsage:
        grid = await self._done(
            query,
            partial(
                Grid.of,
                query.scale,
                query.start,
                query.end,
                location,
                most_buckets=self.most_buckets,
            ),
        )
        series = Series(link.account, SeriesName(query.gid, query.channel))
        try:
            answer = await self.series(link, series, grid)
        except BucketsBeginElsewhere:
            return await self._of_cloud(link, query, location)
        return ChartUsage(first_usage_instant=answer.first_usage_instant, usages=answer.usages)

    async def _of_cloud(
        self, link: EmporiaLink, query: HistoryQuery, location: Location
    ) -> ChartUsage:
        history = await self._done(
            query,
            partial(
                HistoryRange,
                scale=query.scale,
                start=query.start,
                end=query.end,
                location=location,
                most_buckets=self.most_buckets,
            ),
        )
        windows = history.windows()
        await self.shares.require(link, len(windows))
        await self.budgets.require(link.account, len(windows))
        charts = await self.cloud.charts(
            link,
            Purpose.HISTORY,
            SeriesName(query.gid, query.channel),
            windows,
            scale=query.scale,
            unit=query.unit,
        )
        return await self._done(query, partial(history.join, charts))

    async def _done(self, query: HistoryQuery, work: Callable[[], Result]) -> Result:
        """Do what costs something for each bucket: beside the event loop, where it is many."""
        return await self.work(work) if _is_wide(query) else work()


def _unknown_series(query: HistoryQuery) -> UnknownSeries:
    return UnknownSeries(
        f"channels: Emporia has no series '{query.channel[:40]}' for device {query.gid}; "
        "name one circuit, such as 1, or the mains as 1,2,3."
    )


def _is_wide(query: HistoryQuery) -> bool:
    buckets = fewest_buckets(query.scale, start=query.start, end=query.end)
    return buckets > (MOST_AT_ONCE if query.scale.seconds else MOST_BY_CALENDAR_AT_ONCE)
