"""What Emporia told goes into the archive."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from application.archive.months import Months
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore, SealedMonth
from application.ports.emporia.leases import Fence
from application.ports.events import Events
from application.ports.heavy_work import HeavyWork
from domain.archive.chunks import Chunk
from domain.archive.events import ChunkFoundDamaged
from domain.archive.months import Month
from domain.archive.recording.reading import Reading
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.series import Series
from domain.archive.spans import Span, month_at
from domain.emporia.links import AccountId
from domain.errors import StorageBusy

MOST_TRIES = 5
"""How often other nodes may come between; each keeps minutes apart."""


@dataclass(slots=True, kw_only=True, eq=False)
class KeepReadings:
    """Joins readings with what is held, and keeps the hours in step, all of it or nothing."""

    store: ChunkStore
    codec: ChunkCodec
    work: HeavyWork
    months: Months
    events: Events
    turns: defaultdict[AccountId, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    """Two that join the same chunk at once would lose what the first one put there. Of two on
    different nodes the store refuses the second, who then joins what the first one put."""

    async def __call__(
        self, series: Series, reading: Reading, *, fence: Fence | None = None
    ) -> None:
        """Keep what is final of the reading; raises StorageUnavailable, and then nothing is.

        Raises LeaseLost where `fence` is no longer the newest of the account.
        """
        told = await self.work(lambda: list(reading.chunks()))
        if not told:
            return
        async with self.turns[series.account]:
            damaged = await self._keep(series, told, fence)
        for span in damaged:
            await self.events.publish(ChunkFoundDamaged(series=series, span=span))

    async def _keep(
        self, series: Series, told: Sequence[Chunk], fence: Fence | None
    ) -> Sequence[Span]:
        """Join and keep; the spans whose chunks can't be read. Other nodes may come between."""
        start, end = told[0].span.start, told[-1].span.end
        for _ in range(MOST_TRIES):
            version = await self.store.version(series)
            kept = await self.store.chunks(series, told[0].span.scale, start, end)
            held, damaged = await self.work(partial(self._open, kept))
            months = await self.months.between(series, start, end)
            # Nulls alone would make of a damaged chunk one that nobody can find any more.
            written = [chunk for chunk in told if chunk.known or chunk.span not in damaged]
            chunks, hours = await self.work(partial(self._joined, written, held, months))
            if await self.store.put(series, chunks, hours, since=version, fence=fence):
                return damaged
        raise StorageBusy

    def _open(self, kept: Sequence[SealedChunk]) -> tuple[dict[Span, Chunk], list[Span]]:
        held: dict[Span, Chunk] = {}
        damaged = []
        for sealed in kept:
            try:
                held[sealed.span] = self.codec.open(sealed)
            except ChunkDamaged:
                damaged.append(sealed.span)
        return held, damaged

    def _joined(
        self, told: Sequence[Chunk], held: Mapping[Span, Chunk], months: Sequence[Month]
    ) -> tuple[list[SealedChunk], list[SealedMonth]]:
        by_start = {month.start: month for month in months}
        chunks = []
        for chunk in told:
            joined = chunk.join(held[chunk.span]) if chunk.span in held else chunk
            self.months.take(by_start[month_at(chunk.span.start)[0]], joined)
            chunks.append(self.codec.seal(joined))
        return chunks, [
            SealedMonth(start=month.start, data=self.codec.seal_month(month)) for month in months
        ]
