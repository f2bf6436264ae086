"""History ranges of any width: cut into windows that Emporia accepts, and joined again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile

from domain.archive.buckets import bucket_start, buckets_from
from domain.emporia.devices import Location
from domain.emporia.usage import ChartUsage, Scale
from domain.errors import InvalidInput

WIDEST_WINDOW_BUCKETS = {
    Scale.SECOND: 3_600,
    Scale.MINUTE: 720,
    Scale.QUARTER_HOUR: 672,
    Scale.HOUR: 744,
    Scale.DAY: 366,
    Scale.WEEK: 260,
    Scale.MONTH: 120,
    Scale.YEAR: 100,
}
"""The most buckets to ask for in one call: 1 h of 1S, 12 h of 1MIN, 7 d of 15MIN and 31 d of
1H are what other clients saw accepted where wider ones got a 400. No cap is known from 1D up."""

LONGEST_BUCKET_SECONDS = {
    Scale.SECOND: 1,
    Scale.MINUTE: 60,
    Scale.QUARTER_HOUR: 900,
    Scale.HOUR: 3600,
    Scale.DAY: 2 * 86_400,
    Scale.WEEK: 8 * 86_400,
    Scale.MONTH: 32 * 86_400,
    Scale.YEAR: 367 * 86_400,
}
"""No bucket is longer: a day more than the calendar says, for zones that skipped one."""


def fewest_buckets(scale: Scale, *, start: datetime, end: datetime) -> int:
    """How many buckets begin in the range at the least, told without counting them."""
    return int((end - start).total_seconds() // LONGEST_BUCKET_SECONDS[scale])


def require_order(start: datetime, end: datetime) -> None:
    """Raise InvalidInput for an empty range."""
    if start >= end:
        raise InvalidInput("start: must be before end.")


def too_many(scale: Scale, most_buckets: int) -> InvalidInput:
    """What is said of a range with more buckets than that."""
    return InvalidInput(
        f"The range holds more than {most_buckets} buckets of {scale.value}; "
        "ask for a shorter range or a wider scale."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open range [start, end) whose start is the start of a bucket; times are UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRange:
    """The buckets that start in [`start` floored to its bucket, `end`); times are UTC.

    Raises InvalidInput where the range is empty or holds more than `most_buckets`.
    """

    scale: Scale
    start: datetime
    end: datetime
    location: Location
    most_buckets: int
    bucket_starts: tuple[datetime, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        require_order(self.start, self.end)
        if fewest_buckets(self.scale, start=self.start, end=self.end) > self.most_buckets:
            raise too_many(self.scale, self.most_buckets)
        first = bucket_start(self.scale, self.start, self.location)
        starts = takewhile(
            lambda start: start < self.end, buckets_from(self.scale, first, self.location)
        )
        object.__setattr__(self, "bucket_starts", tuple(islice(starts, self.most_buckets + 1)))
        if len(self.bucket_starts) > self.most_buckets:
            raise too_many(self.scale, self.most_buckets)

    def windows(self) -> list[Window]:
        """Consecutive windows, none wider than Emporia takes, that cover the range exactly."""
        edges = [*self.bucket_starts[:: WIDEST_WINDOW_BUCKETS[self.scale]], self.end]
        return [Window(start=start, end=end) for start, end in pairwise(edges)]

    def join(self, charts: Sequence[ChartUsage]) -> ChartUsage:
        """One series out of the windows' answers: no gap, no doubled bucket.

        A bucket that no answer holds is null. Where Emporia aligns its buckets differently from
        what is known here, its own alignment is followed.
        """
        known: dict[datetime, float | None] = {}
        shifts: list[timedelta] = []
        for chart in charts:
            if chart.first_usage_instant is not None and chart.usages:
                held_by = bucket_start(self.scale, chart.first_usage_instant, self.location)
                shifts.append(chart.first_usage_instant - held_by)
                starts = buckets_from(self.scale, held_by, self.location)
                for start, usage in zip(starts, chart.usages, strict=False):
                    if known.get(start) is None:
                        known[start] = usage
        shift = shifts[0] if shifts else timedelta(0)
        grid = self._starts_of_shifted_buckets(shift)
        return ChartUsage(
            first_usage_instant=grid[0] + shift, usages=[known.get(start) for start in grid]
        )

    def _starts_of_shifted_buckets(self, shift: timedelta) -> Sequence[datetime]:
        """Our starts of the buckets that the range holds once each begins so much later."""
        starts = self.bucket_starts
        if starts[0] + shift > self.start:
            last_second_before = starts[0] - timedelta(seconds=1)
            starts = (bucket_start(self.scale, last_second_before, self.location), *starts)
        return [start for start in starts if start + shift < self.end]
