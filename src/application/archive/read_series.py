"""One series over a range: from the archive first, and of Emporia what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from application.archive.ask_cloud import AskCloud
from application.archive.read_archive import ReadArchive
from application.emporia.cloud.read_shares import ReadShares
from application.emporia.cloud.request_budgets import RequestBudgets
from application.ports.archive.recent_figures import RecentFigures
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.answers import SeriesAnswer
from domain.archive.grid import Grid, Stretch
from domain.archive.quality import Quality
from domain.archive.series import Series
from domain.archive.told import NULLS, NUMBER_OF, QUALITIES, Told
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import EmporiaLink
from domain.emporia.usage import ChartUsage
from domain.errors import StorageUnavailable

MOST_AT_ONCE = 4000
"""So many buckets cost a few milliseconds, which nobody notices; more are made in a thread."""

Figures = dict[int, float | None]


class BucketsBeginElsewhere(Exception):
    """Emporia's days do not begin where the device's own place has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSeries:
    """Asks for no bucket that can't change any more, and for no other twice within a minute."""

    archive: ReadArchive
    cloud: AskCloud
    recent: RecentFigures
    budgets: RequestBudgets
    shares: ReadShares
    work: HeavyWork
    clock: Clock

    async def __call__(self, link: EmporiaLink, series: Series, grid: Grid) -> SeriesAnswer:
        """The series in kWh; raises what ReadHistory does.

        And BucketsBeginElsewhere, where nothing that is kept can be told beside what is asked.
        Where the archive can't be read, Emporia is asked for everything that it still has.
        """
        told = await self._held(series, grid) or Told.nothing(len(grid.starts))
        now = self.clock.now()
        figures = dict(self.recent.of(series, grid.scale))
        missing = _missing(told, grid, figures, now=int(now.timestamp()))
        if missing:
            newer, fresh = await self._ask(link, series, grid, missing, now)
            told = newer or told
            figures.update(fresh)
        answer = partial(_answer, told, grid, figures)
        return answer() if len(grid.starts) <= MOST_AT_ONCE else await self.work(answer)

    async def _ask(
        self,
        link: EmporiaLink,
        series: Series,
        grid: Grid,
        missing: Sequence[Stretch],
        now: datetime,
    ) -> tuple[Told | None, Figures]:
        """What the archive tells now, if it could keep this; and the figures as they came."""
        await self.shares.require(link, len(missing))
        await self.budgets.require(link.account, len(missing))
        windows = [part.window for part in missing]
        charts = await self.cloud.charts(
            link, Purpose.HISTORY, series.name, windows, scale=grid.scale
        )
        fresh = _figures_of(grid, missing, charts)
        is_kept = await self.cloud.keep_if_possible(
            series, windows, charts, scale=grid.scale, read_at=int(now.timestamp())
        )
        told = await self._held(series, grid) if is_kept else None
        self.recent.note(
            series,
            grid.scale,
            {
                start: usage
                for start, usage in fresh.items()
                if told is None or _is_open(told, grid, start)
            },
        )
        return told, fresh

    async def _held(self, series: Series, grid: Grid) -> Told | None:
        """What the archive tells; None where it can't be read, which the storage says itself."""
        try:
            return await self.archive(series, grid)
        except StorageUnavailable:
            return None


def _missing(
    told: Told, grid: Grid, recent: Mapping[int, float | None], *, now: int
) -> list[Stretch]:
    """What is to be asked: no future, and nothing told just now.

    What Emporia has forgotten is asked for once all the same, for who knows how long it keeps what;
    that it knows nothing is then known here.
    """
    wanted = bytearray(told.open)
    for start in recent:
        place = grid.place_of(start)
        if place is not None:
            wanted[place] = 0
    return list(grid.windows(wanted, newest=now))


def _figures_of(grid: Grid, missing: Sequence[Stretch], charts: Sequence[ChartUsage]) -> Figures:
    """What was told of each bucket, by its start; None of those that were not told of."""
    figures: Figures = {}
    for part, chart in zip(missing, charts, strict=True):
        asked = grid.starts[part.first : part.after]
        figures.update(dict.fromkeys(asked))
        if chart.first_usage_instant is None:
            continue
        starts = grid.starts_from(chart.first_usage_instant, len(chart.usages))
        if starts is None:
            raise BucketsBeginElsewhere
        told = dict(zip(starts, chart.usages, strict=True))
        figures.update({start: told[start] for start in asked if start in told})
    return figures


def _is_open(told: Told, grid: Grid, start: int) -> bool:
    place = grid.place_of(start)
    return place is not None and bool(told.open[place])


def _answer(told: Told, grid: Grid, figures: Figures) -> SeriesAnswer:
    """The figures as they came stand before what was made whole numbers of them."""
    usages = told.usages
    for start, usage in figures.items():
        place = grid.place_of(start)
        if place is None or usage is None:
            continue
        usages[place] = usage
        if told.open[place] or QUALITIES[told.qualities[place]] in NULLS:
            told.qualities[place] = NUMBER_OF[Quality.LIVE]
            told.known_seconds[place] = grid.end_of(place) - grid.starts[place]
    return SeriesAnswer(
        first_usage_instant=datetime.fromtimestamp(grid.start, UTC),
        usages=usages,
        quality=[(quality, after - first) for first, after, quality in told.stretches()],
        coverage=sum(told.known_seconds) / grid.seconds,
    )
