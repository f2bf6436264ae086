"""The hours of a series as chunks have them, and the same told slowly, hour by hour."""

from collections.abc import Iterable
from itertools import groupby
from random import Random

from domain.archive.chunks import Chunk
from domain.archive.hours import hours_of, part_seconds, parts_of
from domain.archive.months import Month
from domain.archive.quality import KNOWN
from domain.archive.spans import HOUR_SECONDS, KEPT_SCALES, SECONDS, months_between
from domain.emporia.usage import Scale
from tests.unit.domain.archive.readings import reading

LATE = 4_000_000_000
"""When everything is final."""


def random_chunks(random: Random, start: int, end: int, *, hole: float = 0.02) -> list[Chunk]:
    """Of every hour what some scales told of it, each its own, with gaps; nothing at all of some.

    Finer scales know less of it: seconds a few hours, minutes some days.
    """
    made: list[Chunk] = []
    for scale, windows, hours in (
        (Scale.HOUR, 3, 400),
        (Scale.QUARTER_HOUR, 4, 150),
        (Scale.MINUTE, 3, 9),
        (Scale.SECOND, 2, 1),
    ):
        width = SECONDS[scale]
        for _ in range(windows):
            first = start + random.randrange((end - start) // width) * width
            count = min((end - first) // width, hours * HOUR_SECONDS // width)
            usages = [
                None if random.random() < hole else random.choice((0.0, 1.0, -0.5, random.random()))
                for _ in range(count)
            ]
            made += reading(scale, first, usages, read_at=LATE).chunks()
    random.shuffle(made)
    return made


def months_kept(chunks: Iterable[Chunk], start: int, end: int) -> dict[int, Month]:
    """Each chunk joined with what is held of its span and taken over, in this order."""
    held: dict[object, Chunk] = {}
    months = {at: Month.empty(at) for at, _ in months_between(start, end)}
    for chunk in chunks:
        joined = held[chunk.span].join(chunk) if chunk.span in held else chunk
        held[chunk.span] = joined
        take(months, joined)
    return months


def months_rebuilt(chunks: Iterable[Chunk], start: int, end: int) -> dict[int, Month]:
    """Everything joined first, then the hours made of it, finest scale first."""
    held: dict[object, Chunk] = {}
    for chunk in chunks:
        held[chunk.span] = held[chunk.span].join(chunk) if chunk.span in held else chunk
    months = {at: Month.empty(at) for at, _ in months_between(start, end)}
    for scale in KEPT_SCALES:
        for chunk in held.values():
            if chunk.span.scale is scale:
                take(months, chunk)
    return months


def take(months: dict[int, Month], chunk: Chunk) -> None:
    """Put the chunk's hours into the months that hold them."""
    scale = chunk.span.scale
    hours = hours_of(chunk, parts_of(chunk, part_seconds(scale)))
    for _, group in groupby(hours, key=lambda each: _month_of(months, each[0])):
        told = dict(group)
        months[_month_of(months, min(told))].take(told, scale)


def _month_of(months: dict[int, Month], at: int) -> int:
    return max(start for start in months if start <= at)


def buckets_told(chunks: Iterable[Chunk]) -> dict[Scale, dict[int, int]]:
    """Every known bucket of every scale, in millijoules by its start."""
    told: dict[Scale, dict[int, int]] = {scale: {} for scale in KEPT_SCALES}
    held: dict[object, Chunk] = {}
    for chunk in chunks:
        held[chunk.span] = held[chunk.span].join(chunk) if chunk.span in held else chunk
    for chunk in held.values():
        for first, last, run in chunk.stretches():
            if run.mark & KNOWN:
                for place in range(first, last):
                    at = chunk.span.start + place * chunk.span.seconds
                    told[chunk.span.scale][at] = chunk.millijoules[place]
    return told


def hour_told(told: dict[Scale, dict[int, int]], at: int) -> list[tuple[int, int, int]]:
    """The buckets of the hour's one source: start, width and millijoules of each.

    The scale that knows most of the hour, and of several the finest.
    """
    best: list[tuple[int, int, int]] = []
    for scale in KEPT_SCALES:
        width = SECONDS[scale]
        known = [
            (start, width, told[scale][start])
            for start in range(at, at + HOUR_SECONDS, width)
            if start in told[scale]
        ]
        if len(known) * width > sum(bucket[1] for bucket in best):
            best = known
    return best
