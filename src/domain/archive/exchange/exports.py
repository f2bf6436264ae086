"""What goes into an export: series with their names, and their buckets piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.archive.buckets import bucket_start, next_bucket
from domain.archive.grid import Grid
from domain.archive.held import Held
from domain.archive.series import SeriesName
from domain.archive.spans import KEPT_SCALES, SECONDS, Span, spans_between
from domain.archive.told import Told
from domain.emporia.channels import MAINS
from domain.emporia.devices import Location
from domain.emporia.usage import Scale
from domain.errors import InvalidInput

SPANS_AT_ONCE = {Scale.SECOND: 3, Scale.MINUTE: 7, Scale.QUARTER_HOUR: 3, Scale.HOUR: 12}
"""About ten thousand buckets: what one step reads, holds in memory and writes."""

BUCKETS_AT_ONCE = {Scale.DAY: 366, Scale.WEEK: 53, Scale.MONTH: 12, Scale.YEAR: 1}
"""A year of hours is read for them."""


class ExportFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    PARQUET = "parquet"

    @classmethod
    def parse(cls, text: str) -> "ExportFormat":
        """Raises InvalidInput."""
        try:
            return cls(text)
        except ValueError:
            allowed = ", ".join(cls)
            raise InvalidInput(
                f"format: '{text[:40]}' is not known; allowed are {allowed}."
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedSeries:
    """A series with what its owner calls the device and the circuit; None has no name."""

    name: SeriesName
    location: Location
    device: str | None = None
    circuit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Buckets in a row of one series, and what the archive tells of them."""

    series: ExportedSeries
    grid: Grid
    told: Told


def in_order(name: SeriesName) -> tuple[int, bool, int, str]:
    """How series are sorted: by device, of each the mains first, then circuits by number."""
    number = int(name.channel) if name.channel.isdecimal() else 0
    return name.gid, name.channel != MAINS, number, name.channel


def grids(
    scale: Scale, held: Sequence[Held], *, start: int, end: int, location: Location
) -> Iterator[Grid]:
    """The buckets that begin in [`start` floored to its bucket, `end`), oldest first, in pieces.

    Of what is held at this scale or finer, as far as its chunks reach: where none is, there are no
    buckets. Days and wider ones run from the first chunk to the last without a gap.
    """
    if scale in KEPT_SCALES:
        yield from _by_spans(scale, held, start, end, location)
    elif held:
        first = max(start, min(chunk.span.start for chunk in held))
        last = min(end, max(chunk.span.end for chunk in held))
        yield from _by_calendar(scale, first, last, location)


def _by_spans(
    scale: Scale, held: Sequence[Held], start: int, end: int, location: Location
) -> Iterator[Grid]:
    width = SECONDS[scale]
    start, end = start // width * width, -(-end // width) * width
    for first, last in _stretches(_spans(scale, held), SPANS_AT_ONCE[scale]):
        first, last = max(first, start), min(last, end)
        if first < last:
            yield Grid(scale, range(first, last, width), last, location)


def _spans(scale: Scale, held: Sequence[Held]) -> list[Span]:
    """The spans of this scale that hold any of these chunks."""
    fine = KEPT_SCALES[: KEPT_SCALES.index(scale) + 1]
    found = {
        span.start: span
        for chunk in held
        if chunk.span.scale in fine
        for span in spans_between(scale, chunk.span.start, chunk.span.end)
    }
    return [found[at] for at in sorted(found)]


def _stretches(spans: Sequence[Span], most: int) -> Iterator[tuple[int, int]]:
    """Neighbours made one, so many at most."""
    place = 0
    while place < len(spans):
        after = place + 1
        while after < min(len(spans), place + most) and spans[after].start == spans[after - 1].end:
            after += 1
        yield spans[place].start, spans[after - 1].end
        place = after


def _by_calendar(scale: Scale, first: int, last: int, location: Location) -> Iterator[Grid]:
    edge = bucket_start(scale, datetime.fromtimestamp(first, UTC), location)
    while first < last and edge.timestamp() < last:
        edges = [edge]
        while len(edges) <= BUCKETS_AT_ONCE[scale] and edges[-1].timestamp() < last:
            edges.append(next_bucket(scale, edges[-1], location))
        *starts, edge = edges
        yield Grid(
            scale, tuple(int(each.timestamp()) for each in starts), int(edge.timestamp()), location
        )
