"""The hours of a series, as they are kept, or made anew where they can't be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore, SealedMonth
from application.ports.heavy_work import HeavyWork
from domain.archive.chunks import Chunk
from domain.archive.hours import hours_of, part_seconds
from domain.archive.months import Month
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.series import Series
from domain.archive.spans import KEPT_SCALES, month_at, months_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Reads what was derived, and derives it."""

    store: ChunkStore
    codec: ChunkCodec
    work: HeavyWork

    async def between(self, series: Series, start: int, end: int) -> list[Month]:
        """The months that hold [start, end), in order and without a gap."""
        kept = await self.store.months(series, start, end)
        months, damaged = await self.work(partial(self._open, kept, start, end))
        for at in damaged:
            months[at] = await self.rebuilt(series, at)
        return [months[at] for at, _ in months_between(start, end)]

    async def rebuilt(self, series: Series, at: int) -> Month:
        """The month of this second as its chunks have it, those left out that can't be read."""
        start, end = month_at(at)
        month = Month.empty(start)
        for scale in KEPT_SCALES:
            chunks = await self.store.chunks(series, scale, start, end)
            await self.work(partial(self._take_all, month, chunks))
        return month

    def take(self, month: Month, chunk: Chunk) -> None:
        """Put the hours of a chunk into the month that holds it. Blocks."""
        scale = chunk.span.scale
        parts = self.codec.parts(chunk, part_seconds(scale))
        month.take(dict(hours_of(chunk, parts)), scale)

    def _take_all(self, month: Month, chunks: Sequence[SealedChunk]) -> None:
        for sealed in chunks:
            try:
                chunk = self.codec.open(sealed)
            except ChunkDamaged:
                continue
            self.take(month, chunk)

    def _open(
        self, kept: Sequence[SealedMonth], start: int, end: int
    ) -> tuple[dict[int, Month], list[int]]:
        months = {at: Month.empty(at) for at, _ in months_between(start, end)}
        damaged = []
        for sealed in kept:
            try:
                months[sealed.start] = self.codec.open_month(sealed.start, sealed.data)
            except ChunkDamaged:
                damaged.append(sealed.start)
        return months, damaged
