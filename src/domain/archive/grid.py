"""The buckets of a range, in whole seconds: a day of seconds costs no more than its two ends."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.archive.buckets import bucket_start, next_bucket
from domain.archive.windows import (
    WIDEST_WINDOW_BUCKETS,
    HistoryRange,
    Window,
    require_order,
    too_many,
)
from domain.emporia.devices import Location
from domain.emporia.usage import Scale


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets in a row: where each begins, and where the last one ends; seconds since 1970."""

    scale: Scale
    starts: Sequence[int]
    end: int
    location: Location

    @classmethod
    def of(
        cls, scale: Scale, start: datetime, end: datetime, location: Location, *, most_buckets: int
    ) -> "Grid":
        """The buckets that begin in [`start` floored to its bucket, `end`).

        Raises InvalidInput where the range is empty or holds more than `most_buckets`.
        """
        width = scale.seconds
        if width is None:
            history = HistoryRange(
                scale=scale, start=start, end=end, location=location, most_buckets=most_buckets
            )
            starts = tuple(int(each.timestamp()) for each in history.bucket_starts)
            last = next_bucket(scale, history.bucket_starts[-1], location)
            return cls(scale, starts, int(last.timestamp()), location)
        require_order(start, end)
        first = int(start.timestamp() // width) * width
        count = -int((first - end.timestamp()) // width)
        if count > most_buckets:
            raise too_many(scale, most_buckets)
        after = first + count * width
        return cls(scale, range(first, after, width), after, location)

    @property
    def start(self) -> int:
        """Where the first bucket begins."""
        return self.starts[0]

    @property
    def seconds(self) -> int:
        """How long all of them take."""
        return self.end - self.start

    def end_of(self, place: int) -> int:
        """Where this bucket ends."""
        return self.starts[place + 1] if place + 1 < len(self.starts) else self.end

    def place_of(self, start: int) -> int | None:
        """Which bucket begins at this second; None where none does."""
        place = bisect_left(self.starts, start)
        return place if place < len(self.starts) and self.starts[place] == start else None

    def windows(self, wanted: bytes | bytearray, *, newest: int) -> Iterator["Stretch"]:
        """The wanted buckets in windows that Emporia takes, each from one of them to another.

        `wanted` has a 1 for each such bucket; none begins after `newest`.
        """
        first = 0
        after = bisect_left(self.starts, newest + 1)
        while (first := wanted.find(1, first, after)) >= 0:
            widest = min(after, first + WIDEST_WINDOW_BUCKETS[self.scale])
            last = wanted.rfind(1, first, widest)
            yield Stretch(
                first,
                last + 1,
                Window(start=_instant(self.starts[first]), end=_instant(self.end_of(last))),
            )
            first = last + 1

    def starts_from(self, instant: datetime, count: int) -> Sequence[int] | None:
        """Where so many buckets from the one at this instant on begin.

        None where no bucket begins there, as far as is known here.
        """
        if bucket_start(self.scale, instant, self.location) != instant:
            return None
        first, width = int(instant.timestamp()), self.scale.seconds
        if width is not None:
            return range(first, first + count * width, width)
        starts: list[int] = []
        while len(starts) < count:
            starts.append(int(instant.timestamp()))
            instant = next_bucket(self.scale, instant, self.location)
        return starts


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the buckets, from the place of the first to the one after the last."""

    first: int
    after: int
    window: Window


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
