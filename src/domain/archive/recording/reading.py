"""What one answer of Emporia's tells, as chunks."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from domain.archive.chunks import Chunk, Run, merged
from domain.archive.energy import MILLIJOULES_PER_KWH, MOST_KWH
from domain.archive.quality import Mark
from domain.archive.recording.retention import newest_final
from domain.archive.spans import SECONDS, Span, spans_between
from domain.emporia.usage import Scale


@dataclass(frozen=True, slots=True)
class Figures:
    """Buckets in a row, in millijoules: unknown ones are 0, and `known` tells which are not.

    `known` is runs of (whether they are known, how many).
    """

    millijoules: "array[int]"
    known: tuple[tuple[bool, int], ...]


def figures_of(kilowatt_hours: Sequence[float | None]) -> Figures:
    """Whole millijoules, each rounded by itself, half to even; what is no figure is unknown."""
    known = [
        usage is not None and isfinite(usage) and abs(usage) <= MOST_KWH for usage in kilowatt_hours
    ]
    values = array(
        "q",
        [
            round(usage * MILLIJOULES_PER_KWH) if is_known and usage is not None else 0
            for usage, is_known in zip(kilowatt_hours, known, strict=True)
        ],
    )
    return Figures(values, tuple((key, len(tuple(group))) for key, group in groupby(known)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Figures of one series: the first bucket begins at `start`, a multiple of its width.

    Times are seconds since 1970. `told` is READ for Emporia's figures, IMPORTED for a file's.
    """

    scale: Scale
    start: int
    figures: Figures
    read_at: int
    told: Mark = Mark.READ

    @property
    def end(self) -> int:
        """The end of the last bucket."""
        return self.start + len(self.figures.millijoules) * SECONDS[self.scale]

    def chunks(self) -> Iterator[Chunk]:
        """What it tells of each chunk's span; buckets that are not final yet are left out."""
        end = min(self.end, newest_final(self.scale, self.read_at))
        for span in spans_between(self.scale, self.start, end):
            yield self._chunk(span, end)

    def _chunk(self, span: Span, end: int) -> Chunk:
        width = span.seconds
        first, last = max(span.start, self.start), min(span.end, end)
        here, there = (first - span.start) // width, (first - self.start) // width
        count = (last - first) // width
        values = array("q", bytes(8 * here))
        values.extend(self.figures.millijoules[there : there + count])
        values.extend(array("q", bytes(8 * (span.count - here - count))))
        runs = [
            Run(0, here, 0),
            *self._runs(there, there + count),
            Run(0, span.count - here - count, 0),
        ]
        return Chunk(span, values, merged(runs)).judged()

    def _runs(self, first: int, last: int) -> Iterator[Run]:
        null = Mark.NULL if self.told is Mark.READ else 0
        place = 0
        for is_known, count in self.figures.known:
            inside = min(last, place + count) - max(first, place)
            place += count
            if inside > 0:
                mark = self.told if is_known else null
                yield Run(int(mark), inside, self.read_at if mark else 0)
