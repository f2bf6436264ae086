"""The readings of a file, and how far they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice

from application.archive.exchange.importing import Importing
from application.ports.archive.import_board import Reached
from application.ports.archive.import_files import ImportRows
from application.ports.heavy_work import HeavyWork
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
from domain.archive.exchange.imports.matching import Matched, match
from domain.archive.exchange.imports.scales import scale_of, word_in
from domain.archive.exchange.imports.weighing import Tally
from domain.archive.recording.retention import newest_final
from domain.archive.spans import SECONDS
from domain.emporia.usage import Scale

LINES_AT_ONCE = 5_000
"""What one step of the first reading looks at."""


class FileReadings:
    """Looks at every line first, then gives what is final of them in batches."""

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
