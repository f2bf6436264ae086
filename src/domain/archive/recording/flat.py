"""Means that stand where samples should: Emporia repeats them, and calls them nothing else.

Seconds are published as they happen only while somebody looks with Emporia's own app; else a
minute's mean is repeated, from where the samples end to the end of the minute (seen in real
exports: 26 to 60 equal seconds). What a device missed for longer is spread evenly over the gap.
"""

from collections.abc import Iterator, Sequence

from domain.archive.spans import Span
from domain.emporia.usage import Scale

LEAST_SECONDS = 20
MINUTE = 60
LEAST_MINUTES = 15
STEP = 7
"""A stretch of 15 holds two places of every 7th in a row, so only those need to be compared."""


def flat_stretches(
    span: Span, values: Sequence[int], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The flat stretches among values[first:last], in order; a stretch of zeros is none.

    Of seconds 20 or more that end with a minute; of minutes 15 or more. Wider ones have none.
    """
    if span.scale is Scale.SECOND:
        yield from _flat_seconds(values, first, last)
    elif span.scale is Scale.MINUTE:
        yield from _flat_minutes(values, first, last)


def _flat_seconds(values: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    begin, end = 0, first
    for minute_end in range(_next_minute(first), last + 1, MINUTE):
        value = values[minute_end - 1]
        start = max(end, minute_end - MINUTE)
        if not value or minute_end - start < LEAST_SECONDS:
            continue
        if values[minute_end - LEAST_SECONDS : minute_end].count(value) < LEAST_SECONDS:
            continue
        begin = minute_end - LEAST_SECONDS
        while begin > start and values[begin - 1] == value:
            begin -= 1
        yield begin, minute_end
        end = minute_end


def _next_minute(first: int) -> int:
    return first // MINUTE * MINUTE + MINUTE


def _flat_minutes(values: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    place = first
    while place + STEP < last:
        value = values[place]
        if not value or values[place + STEP] != value:
            place += STEP
            continue
        begin, end = place, place
        while begin > first and values[begin - 1] == value:
            begin -= 1
        while end < last and values[end] == value:
            end += 1
        if end - begin >= LEAST_MINUTES:
            yield begin, end
        place = max(end, place + 1)
