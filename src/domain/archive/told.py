"""What the archive tells of one series over a range, bucket by bucket."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from domain.archive.chunks import Chunk
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.hours import Part
from domain.archive.months import Total
from domain.archive.quality import KNOWN, Mark, Quality, quality_of
from domain.archive.recording.retention import ASKED_AGAIN_AFTER_SECONDS, FILLED_WITHIN_SECONDS

QUALITIES = tuple(Quality)
NUMBER_OF = {quality: number for number, quality in enumerate(QUALITIES)}


RUNS = re.compile(rb"(.)\1*", re.DOTALL)


def numbers_of(mark: int, length: int) -> bytes:
    """The quality of so many buckets with these marks, as `Told` keeps it."""
    return bytes((NUMBER_OF[quality_of(mark)],)) * length


@dataclass(slots=True)
class Told:
    """Buckets in a row, in millijoules; the figure of a null is 0.

    `qualities` are numbers of QUALITIES; `open` is 1 for buckets that Emporia may know better;
    `known_seconds` tells how much of each bucket is known.
    """

    millijoules: "array[int]"
    qualities: bytearray
    open: bytearray
    known_seconds: "array[int]"

    @classmethod
    def nothing(cls, count: int) -> "Told":
        """So many buckets that nobody has asked about."""
        unknown = numbers_of(0, count)
        return cls(
            array("q", bytes(8 * count)),
            bytearray(unknown),
            bytearray(b"\x01" * count),
            array("I", bytes(4 * count)),
        )

    @property
    def usages(self) -> list[float | None]:
        """In kWh, null where nothing is known."""
        usages: list[float | None] = [value / MILLIJOULES_PER_KWH for value in self.millijoules]
        for first, last, quality in self.stretches():
            if quality in NULLS:
                usages[first:last] = [None] * (last - first)
        return usages

    def stretches(self) -> Iterator[tuple[int, int, Quality]]:
        """Each run of one quality, with the places of its first bucket and after its last."""
        for run in RUNS.finditer(self.qualities):
            yield run.start(), run.end(), QUALITIES[run[0][0]]

    def put_chunk(self, chunk: Chunk, start: int, *, now: int) -> None:
        """Take over what a chunk of this scale has; the first bucket begins at `start`."""
        width = chunk.span.seconds
        shift = (chunk.span.start - start) // width
        for first, last, run in chunk.stretches():
            here, there = max(0, first + shift), min(len(self.millijoules), last + shift)
            if run.mark and here < there:
                self.millijoules[here:there] = chunk.millijoules[here - shift : there - shift]
                self.qualities[here:there] = numbers_of(run.mark, there - here)
                self.open[here:there] = bytes(there - here)
                if run.mark == Mark.NULL and now >= run.read_at + ASKED_AGAIN_AFTER_SECONDS:
                    filled_within = FILLED_WITHIN_SECONDS[chunk.span.scale]
                    fillable = (run.read_at - filled_within - start) // width
                    fillable = min(there, max(here, fillable))
                    self.open[fillable:there] = b"\x01" * (there - fillable)
                known = width if run.mark & KNOWN else 0
                self.known_seconds[here:there] = array("I", (known,)) * (there - here)

    def put_part(self, place: int, part: Part, *, width: int, part_seconds: int) -> None:
        """Take over the sum of finer buckets of `width` seconds, if any of it is known.

        What a file told does not take the place of what Emporia told of the bucket.
        """
        if not (0 <= place < len(self.millijoules) and part.known):
            return
        if part.imported and self.qualities[place] in EMPORIAS:
            return
        known = part.known * width
        quality = Quality.IMPORTED if part.imported else Quality.LIVE
        if known < part_seconds:
            quality = Quality.PARTIAL
        self.millijoules[place] = part.net
        self.qualities[place] = NUMBER_OF[quality]
        self.open[place] = known < part_seconds
        self.known_seconds[place] = known

    def fill_by_part(self, place: int, part: Part, *, width: int, part_seconds: int) -> None:
        """Take it over where a file told all of it, and nothing is known of the bucket."""
        is_whole = part.known * width == part_seconds
        if part.imported and is_whole and not any(self.known_seconds[place : place + 1]):
            self.put_part(place, part, width=width, part_seconds=part_seconds)

    def put_damaged(self, first: int, last: int) -> None:
        """What was kept of these buckets can't be read; those that are known otherwise stay."""
        for place in range(max(0, first), min(len(self.millijoules), last)):
            if not self.known_seconds[place]:
                self.qualities[place] = NUMBER_OF[Quality.DAMAGED]
                self.open[place] = True

    def put_total(self, place: int, total: Total, *, seconds: int) -> None:
        """Take over the sum of a bucket of so many seconds."""
        self.millijoules[place] = total.millijoules
        self.qualities[place] = NUMBER_OF[_quality_of_total(total, seconds)]
        self.open[place] = not total.is_settled
        self.known_seconds[place] = total.known_seconds


EMPORIAS = frozenset(
    NUMBER_OF[quality] for quality in (Quality.LIVE, Quality.BACKFILLED, Quality.AVERAGED)
)
"""Numbers of what Emporia has told of a whole bucket."""

NULLS = frozenset({Quality.MISSING, Quality.UNKNOWN, Quality.DAMAGED})


def _quality_of_total(total: Total, seconds: int) -> Quality:
    if not total.known_seconds:
        return Quality.MISSING if total.is_settled else Quality.UNKNOWN
    if total.known_seconds < seconds:
        return Quality.PARTIAL
    if total.is_averaged:
        return Quality.AVERAGED
    return Quality.IMPORTED if total.is_imported else Quality.LIVE
