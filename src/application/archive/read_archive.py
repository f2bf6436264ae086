"""What the archive tells of one series, without asking anybody."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from application.archive.months import Months
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.heavy_work import HeavyWork
from domain.archive.chunks import Chunk
from domain.archive.events import ChunkFoundDamaged
from domain.archive.grid import Grid
from domain.archive.hours import SOURCES
from domain.archive.months import Month, Timeline
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.series import Series
from domain.archive.spans import HOUR_SECONDS, KEPT_SCALES, SECONDS, Span
from domain.archive.told import Told
from domain.emporia.usage import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArchive:
    """Answers from the one source that each hour has; finer than that, from what is kept so."""

    store: ChunkStore
    codec: ChunkCodec
    work: HeavyWork
    months: Months
    events: Events
    clock: Clock

    async def __call__(self, series: Series, grid: Grid) -> Told:
        """Every bucket; raises StorageUnavailable."""
        months = await self.months.between(series, grid.start, grid.end)
        if grid.scale in KEPT_SCALES[:-1]:
            return await self._fine(series, grid, Timeline(months))
        return await self.work(partial(self._summed, grid, months))

    def _summed(self, grid: Grid, months: Sequence[Month]) -> Told:
        told = Told.nothing(len(grid.starts))
        timeline = Timeline(months)
        for place, start in enumerate(grid.starts):
            end = grid.end_of(place)
            told.put_total(place, timeline.total(start, end), seconds=end - start)
        return told

    async def _fine(self, series: Series, grid: Grid, timeline: Timeline) -> Told:
        told = Told.nothing(len(grid.starts))
        damaged = await self._put_chunks(told, series, grid)
        for scale in KEPT_SCALES[: KEPT_SCALES.index(grid.scale)]:
            for first, last in _hours_of_source(timeline, grid, SOURCES[scale]):
                damaged += await self._put_parts(told, series, grid, scale, first, last)
            for first, last in _coarser_hours(timeline, grid):
                damaged += await self._put_parts(
                    told, series, grid, scale, first, last, fills_with_imported=True
                )
        for span in damaged:
            await self.events.publish(ChunkFoundDamaged(series=series, span=span))
        return told

    async def _put_chunks(self, told: Told, series: Series, grid: Grid) -> list[Span]:
        """What is kept at this very scale."""
        kept = await self.store.chunks(series, grid.scale, grid.start, grid.end)
        now = int(self.clock.now().timestamp())

        def put() -> list[Span]:
            width, damaged = SECONDS[grid.scale], []
            for sealed in kept:
                chunk = self._opened(sealed)
                if chunk is not None:
                    told.put_chunk(chunk, grid.start, now=now)
                else:
                    span = sealed.span
                    told.put_damaged(
                        (span.start - grid.start) // width, (span.end - grid.start) // width
                    )
                    damaged.append(span)
            return damaged

        return await self.work(put)

    async def _put_parts(
        self,
        told: Told,
        series: Series,
        grid: Grid,
        scale: Scale,
        first: int,
        last: int,
        *,
        fills_with_imported: bool = False,
    ) -> list[Span]:
        """The sums of what is kept finer, of the hours in [first, last).

        Or only those, whole and of a file, that fill buckets of which nothing is known.
        """
        kept = await self.store.chunks(series, scale, first, last)
        width = SECONDS[grid.scale]
        take = told.fill_by_part if fills_with_imported else told.put_part

        def put() -> list[Span]:
            damaged = []
            for sealed in kept:
                chunk = self._opened(sealed)
                if chunk is None:
                    span = sealed.span
                    told.put_damaged(
                        (max(span.start, first) - grid.start) // width,
                        (min(span.end, last) - grid.start) // width,
                    )
                    damaged.append(span)
                    continue
                shift = (chunk.span.start - grid.start) // width
                for place, part in enumerate(self.codec.parts(chunk, width)):
                    if first <= chunk.span.start + place * width < last:
                        take(place + shift, part, width=SECONDS[scale], part_seconds=width)
            return damaged

        return await self.work(put)

    def _opened(self, sealed: SealedChunk) -> Chunk | None:
        try:
            return self.codec.open(sealed)
        except ChunkDamaged:
            return None


def _hours_of_source(timeline: Timeline, grid: Grid, source: int) -> Iterable[tuple[int, int]]:
    """Stretches of whole hours, each from its first second to its last, that have this source."""
    return _hours(grid, lambda at: timeline.source(at) == source)


def _coarser_hours(timeline: Timeline, grid: Grid) -> Iterable[tuple[int, int]]:
    """The same of the hours whose source does not tell such buckets."""
    return _hours(grid, lambda at: timeline.source(at) > SOURCES[grid.scale])


def _hours(grid: Grid, are_meant: Callable[[int], bool]) -> Iterable[tuple[int, int]]:
    first = grid.start // HOUR_SECONDS * HOUR_SECONDS
    for is_meant, group in groupby(range(first, grid.end, HOUR_SECONDS), key=are_meant):
        if is_meant:
            stretch = list(group)
            yield stretch[0], stretch[-1] + HOUR_SECONDS
