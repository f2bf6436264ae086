"""The past of one series, over any range."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from application.accounts.access import Caller
from application.emporia.calls import EmporiaCalls
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.emporia.request_budgets import RequestBudgets
from application.emporia.usable_link import usable_link
from application.ports.emporia_gateway import ChartQuery, EmporiaGateway
from application.ports.emporia_links import EmporiaLinkRepository
from domain.archive.windows import HistoryRange, Window, fewest_buckets
from domain.emporia.links import EmporiaLink
from domain.emporia.request_budget import Purpose
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
    """Cuts a range into windows that Emporia takes, a few at a time, and joins the answers."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    gateway: EmporiaGateway
    calls: EmporiaCalls
    budgets: RequestBudgets
    most_buckets: int
    concurrency: int

    async def __call__(self, query: HistoryQuery) -> ChartUsage:
        """Raises InvalidInput, NotLinked, LinkDead, BudgetSpent or an EmporiaError.

        A series that Emporia refuses is UnknownSeries, unless it is the mains, which every
        device has.
        """
        link = await usable_link(self.links, query.caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        customer.require(frozenset({query.gid}))
        make_range = partial(
            HistoryRange,
            scale=query.scale,
            start=query.start,
            end=query.end,
            location=customer.location_of(query.gid),
            most_buckets=self.most_buckets,
        )
        at_work = _in_a_thread if _is_wide(query) else _on_the_loop
        history = await at_work(make_range)
        windows = history.windows()
        await self.budgets.require(link.account, len(windows))
        try:
            charts = await self._charts(link, query, windows)
            return await at_work(partial(history.join, charts))
        except EmporiaRefusedRequest:
            if query.channel == MAINS:
                raise
            raise UnknownSeries(
                f"channels: Emporia has no series '{query.channel[:40]}' for device {query.gid}; "
                "name one circuit, such as 1, or the mains as 1,2,3."
            ) from None

    async def _charts(
        self, link: EmporiaLink, query: HistoryQuery, windows: list[Window]
    ) -> list[ChartUsage]:
        at_once = asyncio.Semaphore(self.concurrency)

        async def chart(window: Window) -> ChartUsage:
            async with at_once:
                return await self.calls(
                    link,
                    Purpose.READ,
                    lambda tokens: self.gateway.chart(tokens, _chart_query(query, window)),
                )

        try:
            async with asyncio.TaskGroup() as group:
                charts = [group.create_task(chart(window)) for window in windows]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [done.result() for done in charts]


def _is_wide(query: HistoryQuery) -> bool:
    buckets = fewest_buckets(query.scale, start=query.start, end=query.end)
    return buckets > (MOST_AT_ONCE if query.scale.seconds else MOST_BY_CALENDAR_AT_ONCE)


async def _on_the_loop(work: Callable[[], Result]) -> Result:
    return work()


async def _in_a_thread(work: Callable[[], Result]) -> Result:
    """Do the work in a thread, so that everybody else is served meanwhile."""
    return await asyncio.to_thread(work)


def _chart_query(query: HistoryQuery, window: Window) -> ChartQuery:
    return ChartQuery(
        gid=query.gid,
        channel=query.channel,
        start=window.start,
        end=window.end,
        scale=query.scale,
        unit=query.unit,
    )
