"""The lines of a file as figures: every one is looked at before any of it is kept."""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import nan
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.archive.energy import MOST_KWH
from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.exports import SPANS_AT_ONCE
from domain.archive.exchange.imports.header import Column, Header
from domain.archive.exchange.imports.local_times import LocalTimes, begins_late, local_time
from domain.archive.exchange.imports.matching import Matched
from domain.archive.exchange.imports.scales import word_of
from domain.archive.series import SeriesName
from domain.archive.spans import SECONDS, span_at
from domain.emporia.usage import Scale

Row = tuple[int, Sequence[str]]
"""The number of a line, from 1, and its cells."""

MOST_LINES = 10_000_000
MOST_CHUNKS = 50_000
"""An account of 20 circuits has as many in 40 years of quarter hours or 7 years of minutes."""

LINES_OF_START = 4_000
"""So many tell the scale of the file: an hour that comes twice has 3,600 seconds."""

LEAST_DECIMALS = 3
"""Emporia's files tell a watt at the least."""

_NO_FIGURE = frozenset({"", "no ct"})
_FIGURE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the first lines tell: how far two are apart at least, None of one line alone."""

    distance: int | None
    begins_late: bool


def look_at_start(rows: Iterable[Row], zone: ZoneInfo) -> Start:
    """Read the times of the first lines; raises ImportRefused for one that is none."""
    times = [(local_time(cells[0], line), line) for line, cells in rows]
    clock = LocalTimes(zone)
    starts = [clock.instant(local, line) for local, line in times]
    distance = min((after - before for before, after in pairwise(starts)), default=None)
    is_late = distance is not None and begins_late(
        (local for local, _ in times), zone, width_seconds=distance
    )
    return Start(distance=distance, begins_late=is_late)


class Line(NamedTuple):
    """A bucket's figures in kWh, in order of the series; NaN is unknown."""

    number: int
    start: int
    kwh: Sequence[float]


@dataclass(slots=True, kw_only=True)
class Lines:
    """Reads rows as lines of known columns. Of one reading: it knows what came before.

    `without_clamp` are places of columns that say `No CT` in every line: a leg that is not there.
    Where a column of a series is unknown, so is the series.
    """

    header: Header
    matched: Matched
    scale: Scale
    now: int
    begins_late: bool
    without_clamp: frozenset[int] = frozenset()

    def read(self, rows: Iterable[Row]) -> Iterator[Line]:
        """The lines, in order; raises ImportRefused at the first that is none."""
        clock = LocalTimes(self.header.zone, begins_late=self.begins_late)
        width = SECONDS[self.scale]
        count = self.header.cells
        sources = [
            (
                columns[0].unit.kwh_of(width),
                MOST_KWH / (len(columns) * columns[0].unit.kwh_of(width)),
                [column for column in columns if column.place not in self.without_clamp],
            )
            for columns in self.matched.series.values()
        ]
        for number, cells in rows:
            if len(cells) != count:
                raise ImportRefused(
                    f"there are {len(cells)} columns, and {count} in the first line.", line=number
                )
            start = clock.instant(local_time(cells[0], number), number)
            self._require_bucket(start, cells[0], number)
            yield Line(
                number,
                start,
                [kwh * _sum(cells, columns, most, number) for kwh, most, columns in sources],
            )

    def _require_bucket(self, start: int, text: str, number: int) -> None:
        if start % SECONDS[self.scale]:
            raise ImportRefused(
                f"no bucket of {word_of(self.scale)} begins at '{text.strip()}'.", line=number
            )
        if start > self.now:
            raise ImportRefused(f"'{text.strip()}' is still to come.", line=number)


def _sum(cells: Sequence[str], columns: Sequence[Column], most: float, number: int) -> float:
    if not columns:
        return nan
    return sum(figure(cells[column.place], column, number, most=most) for column in columns)


def figure(cell: str, column: Column, number: int, *, most: float) -> float:
    """A figure in the unit of its column, NaN where it is unknown; raises ImportRefused."""
    text = cell.strip()
    if _FIGURE.fullmatch(text) is None:
        if text.casefold() in _NO_FIGURE:
            return nan
        raise ImportRefused(f"'{text[:40]}' in '{column.text}' is no figure.", line=number)
    value = float(text)
    if abs(value) > most:
        raise ImportRefused(
            f"'{text[:40]}' in '{column.text}' is more than any home uses.", line=number
        )
    return value


@dataclass(slots=True, kw_only=True)
class Survey:
    """All that has to be known of a file before it is read for good."""

    header: Header
    matched: Matched
    scale: Scale
    lines: int = 0
    start: int | None = None
    newest: int | None = None
    distance: int | None = None
    decimals: dict[int, int] = field(default_factory=dict)
    with_clamp: set[int] = field(default_factory=set)
    _chunks: int = 0
    _span_end: int = 0

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows on, with a look at their cells."""
        columns = [column for each in self.matched.series.values() for column in each]
        for row in rows:
            yield row
            # Whoever takes the next has found this one good.
            for column in columns:
                self._look(row[1][column.place].strip(), column.place)

    def _look(self, text: str, place: int) -> None:
        if text.casefold() != "no ct":
            self.with_clamp.add(place)
        decimals = 17 if "e" in text.casefold() else len(text.partition(".")[2])
        if decimals > self.decimals.get(place, 0):
            self.decimals[place] = decimals

    def take(self, line: Line) -> None:
        """Note a line; raises ImportRefused for one too many."""
        self.lines += 1
        if self.lines > MOST_LINES:
            raise ImportRefused(f"there are more than {MOST_LINES} lines.", line=line.number)
        if self.newest is None:
            self.start = line.start
        elif self.distance is None or line.start - self.newest < self.distance:
            self.distance = line.start - self.newest
        self.newest = line.start
        if line.start >= self._span_end:
            self._span_end = span_at(self.scale, line.start).end
            self._chunks += len(self.matched.series)
            if self._chunks > MOST_CHUNKS:
                raise ImportRefused(
                    "the file reaches too far for its lines and columns; take it in parts.",
                    line=line.number,
                )

    @property
    def without_clamp(self) -> frozenset[int]:
        """Places of the columns that said `No CT` in every line."""
        columns = [column.place for each in self.matched.series.values() for column in each]
        return frozenset(columns) - self.with_clamp

    def allowance(self, name: SeriesName) -> float:
        """What rounding in the file may have changed of a figure of this series, in kWh."""
        columns = self.matched.series[name]
        kwh = columns[0].unit.kwh_of(SECONDS[self.scale])
        decimals = (max(LEAST_DECIMALS, self.decimals.get(each.place, 0)) for each in columns)
        return sum(0.5 * 10.0**-each * kwh for each in decimals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Lines that go into neighbouring chunks: every bucket from `start` on, NaN where unknown."""

    start: int
    kwh: Sequence["array[float]"]
    lines: int

    @property
    def count(self) -> int:
        """How many buckets there are."""
        return len(self.kwh[0])


def batches(lines: Iterable[Line], scale: Scale, *, series: int, until: int) -> Iterator[Batch]:
    """The lines before `until` in parts of as many chunks as are read at once."""
    width = SECONDS[scale]
    pending: list[Line] = []
    end = 0
    for line in lines:
        if line.start >= until:
            break
        if pending and line.start >= end:
            yield _batch(pending, width, series)
            pending = []
        if not pending:
            end = line.start
            for _ in range(SPANS_AT_ONCE[scale]):
                end = span_at(scale, end).end
        pending.append(line)
    if pending:
        yield _batch(pending, width, series)


def _batch(lines: Sequence[Line], width: int, series: int) -> Batch:
    start = lines[0].start
    count = (lines[-1].start - start) // width + 1
    columns = [array("d", (nan,)) * count for _ in range(series)]
    for line in lines:
        place = (line.start - start) // width
        for column, kwh in zip(columns, line.kwh, strict=True):
            column[place] = kwh
    return Batch(start=start, kwh=columns, lines=len(lines))
