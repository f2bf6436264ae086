"""Readings of a few windows of one span, made at random: times, nulls and imports among them."""

from datetime import UTC, datetime
from random import Random

from hypothesis import settings
from hypothesis import strategies as some

from domain.archive.chunks import Chunk
from domain.archive.quality import Mark
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.spans import SECONDS, span_at
from domain.emporia.usage import Scale

REPEATABLE = settings(max_examples=25, deadline=None, database=None, derandomize=True)
OFTEN = settings(REPEATABLE, max_examples=150)
"""Where an example costs little."""

MARCH = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
LONG_AFTER = MARCH + 60 * 86_400
"""When every bucket of March is final."""

A_FEW_USAGES = (None, 0.0, 0.001, 0.002, -0.003)


def chance(seed: int | str) -> Random:
    """The same each time."""
    return Random(seed)  # noqa: S311


def reading(
    scale: Scale,
    start: int,
    usages: list[float | None],
    *,
    read_at: int = LONG_AFTER,
    told: Mark = Mark.READ,
) -> Reading:
    return Reading(scale=scale, start=start, figures=figures_of(usages), read_at=read_at, told=told)


def chunk(
    scale: Scale,
    usages: list[float | None],
    *,
    start: int = MARCH,
    read_at: int = LONG_AFTER,
    told: Mark = Mark.READ,
) -> Chunk:
    """The first chunk that such a reading makes."""
    return next(iter(reading(scale, start, usages, read_at=read_at, told=told).chunks()))


def usages(most: int) -> some.SearchStrategy[list[float | None]]:
    """Stretches of equal figures, of nulls and of zeros: flat ones are likely."""
    stretches = some.lists(
        some.tuples(some.sampled_from(A_FEW_USAGES), some.integers(1, 70)), min_size=1, max_size=6
    )
    return stretches.map(
        lambda made: [usage for usage, length in made for _ in range(length)][:most]
    )


@some.composite
def chunks(draw: some.DrawFn, scale: Scale) -> Chunk:
    """A reading of some buckets of the span that begins with March."""
    count = min(span_at(scale, MARCH).count, 400)
    first = draw(some.integers(0, count - 1))
    return chunk(
        scale,
        draw(usages(count - first)),
        start=MARCH + first * SECONDS[scale],
        read_at=LONG_AFTER + draw(some.integers(0, 2)),
        told=draw(some.sampled_from((Mark.READ, Mark.READ, Mark.IMPORTED))),
    )
