"""What each hour of a series comes to, and of which scale: everything that sums begins here.

An hour has one source: the finest scale that knows all of it, else the one that knows most. So
hours add up to days, months and bills to the unit, whoever sums them. Emporia's own hour is not
always the sum of its minutes; the two are never mixed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.archive.chunks import Chunk
from domain.archive.quality import KNOWN, Mark
from domain.archive.spans import HOUR_SECONDS, KEPT_SCALES, SECONDS
from domain.emporia.usage import Scale

NO_SOURCE = 0
SOURCES = {scale: number for number, scale in enumerate(KEPT_SCALES, start=1)}
SCALE_OF = {number: scale for scale, number in SOURCES.items()}

QUARTERS = 4
QUARTER_SECONDS = HOUR_SECONDS // QUARTERS

Quarters = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One hour: its quarters in millijoules, as far as they are known, and how much that is.

    `positive` is the sum of its buckets above zero; what is below is `net - positive`. Where
    Emporia's own hour is the source it has no quarters: the first one holds all, and `positive`
    means nothing. `is_settled` says that Emporia was asked for all of it: nobody need ask again.
    """

    source: int
    quarters: Quarters = (0, 0, 0, 0)
    positive: int = 0
    known_seconds: int = 0
    is_settled: bool = False
    is_imported: bool = False
    """Some of it comes of a file."""
    is_averaged: bool = False
    """All that is known of it stands in a flat stretch of minutes: a share of a longer mean."""

    @property
    def net(self) -> int:
        """All that is known of it, in millijoules."""
        return sum(self.quarters)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is known."""
        return self.known_seconds == HOUR_SECONDS

    @property
    def is_netted(self) -> bool:
        """Whether it can't be told what was taken and what was given, nor when within the hour."""
        return self.source == SOURCES[Scale.HOUR]

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        """The higher is told: who knows all of it first, then who knows most, then the finest.

        Of those that know as much, a file never takes the place of what Emporia told.
        """
        fineness = -self.source if self.source else -len(SOURCES) - 1
        return self.is_whole, self.known_seconds, not self.is_imported, fineness


NOTHING = Hour(source=NO_SOURCE)


def better(one: Hour, other: Hour) -> Hour:
    """The hour of two sources; where it is settled for one, it is."""
    best = max(one, other, key=lambda hour: hour.rank)
    return replace(best, is_settled=one.is_settled or other.is_settled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a chunk: sums in millijoules of the buckets that are known, and counts."""

    net: int
    positive: int
    known: int
    asked: int
    imported: int = 0
    averaged: int = 0


def part_seconds(scale: Scale) -> int:
    """How wide the parts are that `hours_of` takes of a chunk of this scale."""
    return max(QUARTER_SECONDS, SECONDS[scale])


def hours_of(chunk: Chunk, parts: Sequence[Part]) -> Iterator[tuple[int, Hour]]:
    """Each hour of the chunk that anybody asked about, by its start in seconds since 1970."""
    scale = chunk.span.scale
    in_an_hour = HOUR_SECONDS // part_seconds(scale)
    for first in range(0, len(parts), in_an_hour):
        of_hour = parts[first : first + in_an_hour]
        if any(part.asked for part in of_hour):
            yield chunk.span.start + first * part_seconds(scale), _hour(scale, of_hour)


def _hour(scale: Scale, parts: Sequence[Part]) -> Hour:
    known_seconds = sum(part.known for part in parts) * SECONDS[scale]
    asked_seconds = sum(part.asked for part in parts) * SECONDS[scale]
    first, *others = (part.net for part in parts)
    second, third, fourth = others or (0, 0, 0)
    return Hour(
        source=SOURCES[scale] if known_seconds else NO_SOURCE,
        quarters=(first, second, third, fourth),
        positive=0 if scale is Scale.HOUR else sum(part.positive for part in parts),
        known_seconds=known_seconds,
        is_settled=known_seconds == HOUR_SECONDS
        or (asked_seconds == HOUR_SECONDS and scale is not Scale.SECOND),
        is_imported=any(part.imported for part in parts),
        is_averaged=scale is Scale.MINUTE
        and 0 < known_seconds == sum(part.averaged for part in parts) * SECONDS[scale],
    )


def parts_of(chunk: Chunk, seconds: int) -> list[Part]:
    """The sums of the chunk's stretches of so many seconds each."""
    width = seconds // chunk.span.seconds
    count = chunk.span.count // width
    net, positive, known, asked, imported, averaged = ([0] * count for _ in range(6))
    for first, last, run in chunk.stretches():
        while run.mark and first < last:
            part = first // width
            end = min(last, (part + 1) * width)
            asked[part] += end - first
            if run.mark & KNOWN:
                values = chunk.millijoules[first:end]
                known[part] += end - first
                imported[part] += end - first if run.mark & Mark.IMPORTED else 0
                averaged[part] += end - first if run.mark & Mark.AVERAGED else 0
                net[part] += sum(values)
                positive[part] += sum(value for value in values if value > 0)
            first = end
    return [
        Part(
            net=net[at],
            positive=positive[at],
            known=known[at],
            asked=asked[at],
            imported=imported[at],
            averaged=averaged[at],
        )
        for at in range(count)
    ]
