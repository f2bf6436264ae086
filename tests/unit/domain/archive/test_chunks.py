from functools import reduce
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.archive.chunks import Chunk
from domain.archive.quality import KNOWN, Mark, Quality, quality_of
from domain.archive.spans import span_at
from domain.emporia.usage import Scale
from tests.unit.domain.archive.readings import (
    LONG_AFTER,
    MARCH,
    REPEATABLE,
    chunk,
    chunks,
    reading,
    usages,
)

SCALES = some.sampled_from((Scale.SECOND, Scale.MINUTE, Scale.QUARTER_HOUR, Scale.HOUR))
ALIKE = SCALES.flatmap(lambda scale: some.lists(chunks(scale), min_size=3, max_size=3))


def marks(chunk: Chunk) -> list[int]:
    return [run.mark for run in chunk.runs for _ in range(run.length)]


def times(chunk: Chunk) -> list[int]:
    return [run.read_at for run in chunk.runs for _ in range(run.length)]


def figures(chunk: Chunk) -> list[float | None]:
    """In millijoules; None is unknown."""
    pairs = zip(chunk.millijoules, marks(chunk), strict=True)
    return [value if mark & KNOWN else None for value, mark in pairs]


@REPEATABLE
@given(ALIKE)
def test_readings_come_to_the_same_in_whatever_order_they_arrive(made) -> None:
    joined = {repr(reduce(Chunk.join, order)) for order in permutations(made)}
    assert len(joined) == 1


@REPEATABLE
@given(ALIKE)
def test_readings_may_be_joined_in_any_groups(made) -> None:
    one, two, three = made
    assert one.join(two).join(three) == one.join(two.join(three))


@REPEATABLE
@given(ALIKE)
def test_what_is_joined_again_changes_nothing(made) -> None:
    joined = reduce(Chunk.join, made)
    assert all(joined.join(each) == joined for each in (*made, joined))
    assert joined.join(Chunk.empty(joined.span)) == joined


@REPEATABLE
@given(ALIKE)
def test_what_is_unknown_is_zero_and_runs_cover_the_span(made) -> None:
    joined = reduce(Chunk.join, made)
    assert len(joined.millijoules) == joined.span.count == sum(run.length for run in joined.runs)
    told = figures(joined)
    assert joined.known == sum(figure is not None for figure in told)
    assert joined.asked == sum(mark != 0 for mark in marks(joined))
    assert not any(
        value for value, figure in zip(joined.millijoules, told, strict=True) if figure is None
    )
    assert all(one[::2] != other[::2] for one, other in pairwise(joined.runs))


@REPEATABLE
@given(usages(300), some.integers(1, 1000))
def test_a_second_reading_of_the_same_changes_nothing_but_when_it_was_read(told, later) -> None:
    first = chunk(Scale.MINUTE, told)
    again = first.join(chunk(Scale.MINUTE, told, read_at=LONG_AFTER + later))
    assert again.millijoules == first.millijoules
    assert marks(again) == marks(first)
    assert set(times(again)) <= {0, LONG_AFTER + later}


@REPEATABLE
@given(chunks(Scale.MINUTE), usages(300), some.integers(0, 9))
def test_no_import_replaces_what_emporia_told(told, of_a_file, later) -> None:
    imported = chunk(Scale.MINUTE, of_a_file, read_at=LONG_AFTER + later, told=Mark.IMPORTED)
    joined = told.join(imported)
    for before, mark, after, left, mark_after in zip(
        figures(told), marks(told), figures(joined), figures(imported), marks(joined), strict=True
    ):
        if mark & Mark.READ:
            assert after == before
            assert not mark_after & Mark.IMPORTED
        elif not mark & Mark.IMPORTED:
            assert after == left


@REPEATABLE
@given(chunks(Scale.MINUTE), chunks(Scale.MINUTE))
def test_no_null_replaces_a_figure(one, other) -> None:
    joined = figures(one.join(other))
    for before, after in zip(figures(one), joined, strict=True):
        assert before is None or after is not None


def test_what_was_read_last_counts() -> None:
    old = chunk(Scale.HOUR, [1.0, 2.0, None])
    new = chunk(Scale.HOUR, [5.0, None, 3.0], read_at=LONG_AFTER + 1)
    told = figures(old.join(new))[:4]
    assert told == [5 * 3_600_000_000, 2 * 3_600_000_000, 3 * 3_600_000_000, None]


def test_a_figure_where_a_null_was_read_is_backfilled() -> None:
    first = chunk(Scale.HOUR, [1.0, None, None])
    joined = first.join(chunk(Scale.HOUR, [1.0, 2.0], read_at=LONG_AFTER + 1))
    qualities = [quality_of(mark) for mark in marks(joined)][:4]
    assert qualities == [Quality.LIVE, Quality.BACKFILLED, Quality.MISSING, Quality.UNKNOWN]


def test_a_file_tells_of_figures_alone() -> None:
    imported = chunk(Scale.HOUR, [1.0, None, 2.0], told=Mark.IMPORTED)
    qualities = [quality_of(mark) for mark in marks(imported)][:3]
    assert qualities == [Quality.IMPORTED, Quality.UNKNOWN, Quality.IMPORTED]
    assert times(imported)[:3] == [LONG_AFTER, 0, LONG_AFTER]


def test_a_flat_stretch_read_in_two_parts_is_one() -> None:
    one = chunk(Scale.MINUTE, [0.5] * 8)
    two = chunk(Scale.MINUTE, [0.5] * 8, start=MARCH + 8 * 60, read_at=LONG_AFTER + 1)
    assert not any(mark & Mark.AVERAGED for mark in marks(one) + marks(two))
    joined = one.join(two)
    assert [quality_of(mark) for mark in marks(joined)][:17] == [Quality.AVERAGED] * 16 + [
        Quality.UNKNOWN
    ]


def test_a_flat_stretch_that_turns_out_not_to_be_one_is_none_any_more() -> None:
    flat = chunk(Scale.MINUTE, [0.5] * 16)
    assert set(marks(flat)[:16]) == {Mark.READ | Mark.AVERAGED}
    joined = flat.join(chunk(Scale.MINUTE, [0.4], start=MARCH + 480, read_at=LONG_AFTER + 1))
    assert set(marks(joined)[:16]) == {Mark.READ}


def test_only_what_emporia_told_is_judged_flat() -> None:
    imported = chunk(Scale.MINUTE, [0.5] * 30, told=Mark.IMPORTED)
    assert set(marks(imported)) == {Mark.IMPORTED, 0}


def test_flat_stretches_on_both_sides_of_a_null_are_two() -> None:
    made = chunk(Scale.MINUTE, [0.5] * 15 + [None] + [0.5] * 14)
    told = [quality_of(mark) for mark in marks(made)]
    assert told[:30] == [Quality.AVERAGED] * 15 + [Quality.MISSING] + [Quality.LIVE] * 14


def test_what_is_not_final_yet_is_left_out() -> None:
    read_at = MARCH + 600
    made = chunk(Scale.MINUTE, [0.1] * 10, read_at=read_at)
    assert made.asked == 8  # minutes are published within two


def test_of_what_is_not_final_at_all_there_is_no_chunk() -> None:
    assert list(reading(Scale.HOUR, MARCH, [1.0], read_at=MARCH + 3600).chunks()) == []


@pytest.mark.parametrize("scale", [Scale.SECOND, Scale.MINUTE])
def test_a_reading_over_several_spans_is_cut_at_their_edges(scale) -> None:
    first = span_at(scale, MARCH)
    start = first.end - 2 * first.seconds
    made = list(reading(scale, start, [0.1, 0.2, 0.3, None, 0.5]).chunks())
    assert [each.span for each in made] == [first, span_at(scale, first.end)]
    assert [each.known for each in made] == [2, 2]
    assert [each.asked for each in made] == [2, 3]
    assert list(made[0].millijoules[-3:]) == [0, 360_000_000, 720_000_000]
    assert list(made[1].millijoules[:3]) == [1_080_000_000, 0, 1_800_000_000]
