"""Takes a file of figures into an archive: all of it is looked at before any of it is kept."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from application.archive.keep_readings import KeepReadings
from application.archive.read_archive import ReadArchive
from application.ports.archive.chunk_codec import ChunkCodec
from application.ports.archive.chunk_store import ChunkStore
from application.ports.archive.import_board import Reached
from application.ports.archive.import_files import ImportFile, ImportRows
from application.ports.clock import Clock
from application.ports.heavy_work import HeavyWork
from domain.archive.chunks import Chunk
from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.header import Header, read_header
from domain.archive.exchange.imports.lines import (
    LINES_OF_START,
    Batch,
    Line,
    Lines,
    Row,
    Start,
    Survey,
    batches,
    look_at_start,
)
from domain.archive.exchange.imports.matching import Matched, Wanted, match
from domain.archive.exchange.imports.scales import scale_of, word_in
from domain.archive.exchange.imports.weighing import Tally, weigh
from domain.archive.grid import Grid
from domain.archive.quality import Mark
from domain.archive.reading import Figures, Reading, figures_of
from domain.archive.retention import newest_final
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import SECONDS
from domain.emporia.devices import UNKNOWN_LOCATION, Customer
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

LINES_AT_ONCE = 5_000
"""What one step of the first reading looks at."""


async def _nothing() -> None:
    """Nobody has to be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportQuery:
    """What is said of a file beside its lines; `scale` None is that of its name or its lines."""

    file_name: str = ""
    scale: Scale | None = None
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """One file on its way into one archive.

    `tell` is called with how far it is, `ask` between steps: what it raises ends the import.
    `begun_to_keep` is called once, when every line has been found good. Unless it `keeps`, it is
    only told what would be taken.
    """

    account: AccountId
    customer: Customer | None
    file: ImportFile
    query: ImportQuery
    tell: Callable[[Reached], None] = lambda _: None
    ask: Callable[[], Awaitable[None]] = _nothing
    begun_to_keep: Callable[[], None] = lambda: None
    keeps: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFigures:
    """Reads a file three times: for its lines, beside what is kept, and into the archive.

    What was kept is left out, so a file that is taken again changes nothing, and one whose import
    was cut off is taken to its end.
    """

    store: ChunkStore
    codec: ChunkCodec
    archive: ReadArchive
    keep: KeepReadings
    work: HeavyWork
    clock: Clock

    async def __call__(self, importing: Importing) -> Reached:
        """What came of it; raises StorageUnavailable, or ImportRefused before anything is kept."""
        now = int(self.clock.now().timestamp())
        steps = _Steps(importing, self.work, now)
        survey = await steps.survey()
        tally = await self._go_through(steps, survey, keeps=False)
        tally.require_same_home()
        if not importing.keeps:
            return steps.reached
        importing.begun_to_keep()
        await self._go_through(steps, survey, keeps=True)
        return steps.reached

    async def _go_through(self, steps: "_Steps", survey: Survey, *, keeps: bool) -> Tally:
        """Weigh every batch, and keep what is wanted of it."""
        tally = Tally()
        with steps.batches(survey) as parts:
            while (batch := await self.work(partial(next, parts, None))) is not None:
                for place, name in enumerate(survey.matched.series):
                    found = await self._weighed(steps, survey, batch, place, name, keeps=keeps)
                    tally += found
                await steps.go_on(batch.lines, tally)
        return tally

    async def _weighed(
        self,
        steps: "_Steps",
        survey: Survey,
        batch: Batch,
        place: int,
        name: SeriesName,
        *,
        keeps: bool,
    ) -> Tally:
        series = Series(steps.importing.account, name)
        scale, width = survey.scale, SECONDS[survey.scale]
        end = batch.start + batch.count * width
        grid = Grid(scale, range(batch.start, end, width), end, UNKNOWN_LOCATION)
        told = await self.archive(series, grid)
        kept = await self.store.chunks(series, scale, batch.start, end)

        def weighed() -> tuple[Figures, Tally]:
            return weigh(
                figures_of(batch.kwh[place]),
                told,
                list(self._opened(kept)),
                scale=scale,
                start=batch.start,
                allowance_kwh=survey.allowance(name),
            )

        figures, tally = await self.work(weighed)
        if keeps and tally.taken:
            reading = Reading(
                scale=scale,
                start=batch.start,
                figures=figures,
                read_at=steps.now,
                told=Mark.IMPORTED,
            )
            await self.keep(series, reading)
        return tally

    def _opened(self, kept: Iterable[SealedChunk]) -> Iterator[Chunk]:
        for sealed in kept:
            try:
                yield self.codec.open(sealed)
            except ChunkDamaged:
                continue


class _Steps:
    """The readings of a file, and how far they are."""

    def __init__(self, importing: Importing, work: HeavyWork, now: int) -> None:
        self.importing = importing
        self.now = now
        self.reached = Reached(file_bytes=importing.file.size)
        self._work = work
        self._begins_late = False
        self._open: ImportRows | None = None

    async def survey(self) -> Survey:
        """Look at every line; raises ImportRefused."""
        with self.importing.file.open() as opened:
            self._open = opened
            rows = iter(opened)
            header, matched = await self._work(partial(self._matched, rows))
            self._tell(
                columns=[
                    (column.text, name)
                    for name, columns in matched.series.items()
                    for column in columns
                ],
                unmatched=matched.unmatched,
            )
            matched.require_any()
            scale = await self._scale(header)
            survey = Survey(header=header, matched=matched, scale=scale)
            lines = self._lines(survey, frozenset()).read(survey.rows(rows))
            while taken := await self._work(partial(_take_some, survey, lines)):
                await self.go_on(taken, Tally())
        if survey.start is None or survey.newest is None:
            raise ImportRefused("there is no line below the first.")
        scale_of(None, scale, survey.distance)
        end = survey.newest + SECONDS[scale]
        self._tell(lines=survey.lines, start=survey.start, end=end)
        return survey

    def _matched(self, rows: Iterator[Row]) -> tuple[Header, Matched]:
        first = next(rows, None)
        if first is None:
            raise ImportRefused("the file is empty.")
        header = read_header(first[1])
        query = self.importing.query
        return header, match(header, query.wanted, self.importing.customer)

    async def _scale(self, header: Header) -> Scale:
        """By the first lines, which are read apart."""
        query = self.importing.query

        def start() -> Start:
            with self.importing.file.open() as opened:
                return look_at_start(islice(opened, 1, LINES_OF_START), header.zone)

        found = await self._work(start)
        self._begins_late = found.begins_late
        scale = scale_of(word_in(query.file_name), query.scale, found.distance)
        self._tell(scale=scale)
        return scale

    @contextmanager
    def batches(self, survey: Survey) -> Iterator[Iterator[Batch]]:
        """What is final of the file, read from its beginning."""
        with self.importing.file.open() as opened:
            self._open = opened
            self._tell(lines_read=0, bytes_read=0, tally=Tally())
            lines = self._lines(survey, survey.without_clamp)
            yield batches(
                lines.read(islice(opened, 1, None)),
                survey.scale,
                series=len(survey.matched.series),
                until=newest_final(survey.scale, self.now),
            )

    async def go_on(self, lines: int, tally: Tally) -> None:
        """So many lines more; raises what ends the import."""
        position = self.reached.bytes_read if self._open is None else self._open.position
        self._tell(lines_read=self.reached.lines_read + lines, bytes_read=position, tally=tally)
        await self.importing.ask()

    def _lines(self, survey: Survey, without_clamp: frozenset[int]) -> Lines:
        return Lines(
            header=survey.header,
            matched=survey.matched,
            scale=survey.scale,
            now=self.now,
            begins_late=self._begins_late,
            without_clamp=without_clamp,
        )

    def _tell(self, **more: object) -> None:
        self.reached = replace(self.reached, **more)  # type: ignore[arg-type]
        self.importing.tell(self.reached)


def _take_some(survey: Survey, lines: Iterator[Line]) -> int:
    count = 0
    for line in islice(lines, LINES_AT_ONCE):
        survey.take(line)
        count += 1
    return count
