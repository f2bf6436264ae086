"""Whether everything that is kept of an account can be read, and fits together."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore, SealedMonth
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.chunks import Chunk
from domain.archive.comparison import Comparison, compare
from domain.archive.hours import Hour, hours_of, part_seconds
from domain.archive.months import Month
from domain.archive.recording.retention import RETAINED_SECONDS
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import DAY_SECONDS, KEPT_SCALES, Span, month_at
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

LOOKS = 3
"""A gateway may put something between the look at the chunks and the one at their month."""

MONTH_AT_MOST = 31 * DAY_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedChunk:
    """What can't be read of a series; `still_had` is what Emporia has of it: all, part or none."""

    series: Series
    span: Span
    still_had: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongMonth:
    """Hours that can't be read, or are not those of their chunks; the first instant is UTC."""

    series: Series
    start: datetime
    is_damaged: bool
    hours: int


@dataclass(slots=True, kw_only=True)
class Verified:
    """Counts over all that was looked through; of hours see Comparison."""

    chunks: int = 0
    months: int = 0
    damaged_chunks: int = 0
    wrong_months: int = 0
    outlived: int = 0
    both: int = 0
    unlike: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damaged_chunks and not self.wrong_months


@dataclass(slots=True, kw_only=True)
class _Look:
    """One look at a month of a series."""

    chunks: int = 0
    damaged: list[Span] = field(default_factory=list)
    is_month_damaged: bool = False
    month: Month
    found: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyArchive:
    """Goes from month to month, so that a large archive takes no more memory than a small one."""

    store: ChunkStore
    codec: ChunkCodec
    work: HeavyWork
    clock: Clock

    async def __call__(
        self, account: AccountId, counts: Verified, *, repairs: bool
    ) -> AsyncIterator[DamagedChunk | WrongMonth]:
        """Each thing that is wrong, while it is looked for; `counts` are added up meanwhile.

        What `repairs` drops and rebuilds was told of before. No gateway may run then. Raises
        StorageUnavailable.
        """
        held = await self.store.held(account)
        wanted = dict.fromkeys((each.name, month_at(each.span.start)[0]) for each in held)
        del held
        for series, start in await self._with_months(account, list(wanted)):
            look = await self._settled_look(series, start)
            _add(counts, look)
            for span in look.damaged:
                yield DamagedChunk(series=series, span=span, still_had=self._still_had(span))
            if look.is_month_damaged or look.found.mended:
                yield WrongMonth(
                    series=series,
                    start=datetime.fromtimestamp(start, UTC),
                    is_damaged=look.is_month_damaged,
                    hours=len(look.found.mended),
                )
            if repairs:
                await self._repair(series, look)

    async def _with_months(
        self, account: AccountId, wanted: Sequence[tuple[SeriesName, int]]
    ) -> list[tuple[Series, int]]:
        """The months of which there are chunks, and those that outlived theirs."""
        now = int(self.clock.now().timestamp())
        found: dict[tuple[Series, int], None] = {}
        for name in dict.fromkeys(name for name, _ in wanted):
            series = Series(account, name)
            starts = {start for other, start in wanted if other == name}
            kept = await self.store.months(series, 0, now + MONTH_AT_MOST)
            starts |= {month.start for month in kept}
            found.update({(series, start): None for start in sorted(starts)})
        return list(found)

    async def _settled_look(self, series: Series, start: int) -> _Look:
        look = await self._look(series, start)
        for _ in range(LOOKS - 1):
            if not (look.is_month_damaged or look.found.mended):
                break
            look = await self._look(series, start)
        return look

    async def _look(self, series: Series, start: int) -> _Look:
        _, end = month_at(start)
        look = _Look(month=Month.empty(start), found=Comparison())
        told: dict[Scale, dict[int, Hour]] = {}
        for scale in KEPT_SCALES:
            chunks = await self.store.chunks(series, scale, start, end)
            look.chunks += len(chunks)
            told[scale] = await self.work(partial(self._hours, chunks, look.damaged))
        kept = await self.store.months(series, start, end)

        def compared() -> None:
            for month in kept:
                try:
                    look.month = self.codec.open_month(month.start, month.data)
                except ChunkDamaged:
                    look.is_month_damaged = True
            look.found = compare(look.month, told)

        await self.work(compared)
        return look

    def _hours(self, chunks: Sequence[SealedChunk], damaged: list[Span]) -> dict[int, Hour]:
        """Those of the chunks that can be read; the spans of the others are added."""
        hours: dict[int, Hour] = {}
        for sealed in chunks:
            try:
                chunk = self._opened(sealed)
            except ChunkDamaged:
                damaged.append(sealed.span)
                continue
            parts = self.codec.parts(chunk, part_seconds(sealed.span.scale))
            hours.update(hours_of(chunk, parts))
        return hours

    def _opened(self, sealed: SealedChunk) -> Chunk:
        """The chunk, which is what is told of it beside; raises ChunkDamaged."""
        chunk = self.codec.open(sealed)
        told = (sealed.asked, sealed.known, sealed.total)
        if told != (chunk.asked, chunk.known, sum(chunk.millijoules)):
            raise ChunkDamaged
        return chunk

    async def _repair(self, series: Series, look: _Look) -> None:
        """Drop what can't be read; what the hours know beyond the chunks stays in them."""
        if look.is_month_damaged or look.found.mended:
            for at, hour in look.found.mended.items():
                look.month.put(at, hour)
            data = await self.work(partial(self.codec.seal_month, look.month))
            await self.store.put(series, [], [SealedMonth(start=look.month.start, data=data)])
        for span in look.damaged:
            await self.store.drop(series, span)

    def _still_had(self, span: Span) -> str:
        if span.scale not in RETAINED_SECONDS:
            return "all"
        oldest = int(self.clock.now().timestamp()) - RETAINED_SECONDS[span.scale]
        if span.start >= oldest:
            return "all"
        return "part" if span.end > oldest else "none"


def _add(counts: Verified, look: _Look) -> None:
    counts.chunks += look.chunks
    counts.months += 1
    counts.damaged_chunks += len(look.damaged)
    counts.wrong_months += bool(look.is_month_damaged or look.found.mended)
    counts.outlived += look.found.outlived
    counts.both += look.found.both
    counts.unlike += look.found.unlike
