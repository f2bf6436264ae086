"""How the past is cut: which scales are kept, and how much of each makes one chunk.

Times are whole seconds since 1970 (UTC): up to an hour, buckets follow the UTC clock everywhere.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.emporia.usage import Scale

HOUR_SECONDS = 3_600
DAY_SECONDS = 86_400

KEPT_SCALES = (Scale.SECOND, Scale.MINUTE, Scale.QUARTER_HOUR, Scale.HOUR)
"""Finest first. What is wider is summed of these."""

SECONDS = {scale: scale.seconds or 0 for scale in KEPT_SCALES}


@dataclass(frozen=True, slots=True)
class Span:
    """What one chunk holds: an hour of seconds, a day of minutes, a month of what is wider."""

    scale: Scale
    start: int
    end: int

    @property
    def seconds(self) -> int:
        """The width of a bucket."""
        return SECONDS[self.scale]

    @property
    def count(self) -> int:
        """How many buckets it holds."""
        return (self.end - self.start) // self.seconds


def span_at(scale: Scale, at: int) -> Span:
    """The chunk that holds this second."""
    if scale is Scale.SECOND:
        return _even_span(scale, at, HOUR_SECONDS)
    if scale is Scale.MINUTE:
        return _even_span(scale, at, DAY_SECONDS)
    return Span(scale, *month_at(at))


def spans_between(scale: Scale, start: int, end: int) -> Iterator[Span]:
    """The chunks that hold [start, end), oldest first."""
    while start < end:
        span = span_at(scale, start)
        yield span
        start = span.end


def month_at(at: int) -> tuple[int, int]:
    """Where the month (UTC) of this second begins and ends."""
    moment = datetime.fromtimestamp(at, UTC)
    start = datetime(moment.year, moment.month, 1, tzinfo=UTC)
    days = calendar.monthrange(moment.year, moment.month)[1]
    first = int(start.timestamp())
    return first, first + days * DAY_SECONDS


def months_between(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The months (UTC) that hold [start, end), oldest first."""
    while start < end:
        month = month_at(start)
        yield month
        start = month[1]


def _even_span(scale: Scale, at: int, seconds: int) -> Span:
    start = at // seconds * seconds
    return Span(scale, start, start + seconds)
