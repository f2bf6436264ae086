import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.archive.recording.flat import flat_stretches
from domain.archive.spans import span_at
from domain.emporia.usage import Scale
from tests.unit.domain.archive.readings import MARCH, OFTEN

VALUES = some.lists(
    some.tuples(some.sampled_from((0, 1, 2)), some.integers(1, 90)), min_size=1, max_size=8
).map(lambda made: [value for value, length in made for _ in range(length)])


def flat(scale: Scale, values: list[int], first: int, last: int) -> set[int]:
    """The places that stand in flat stretches, each of them in one alone."""
    found = list(flat_stretches(span_at(scale, MARCH), values, first, last))
    places = [place for begin, end in found for place in range(begin, end)]
    assert places == sorted(set(places))
    return set(places)


def equal_up_to(values: list[int], first: int, end: int) -> int:
    """Where the equal values begin that end there, none of them before `first`."""
    begin = end - 1
    while begin > first and values[begin - 1] == values[end - 1]:
        begin -= 1
    return begin


def flat_seconds_searched(values: list[int], first: int, last: int) -> set[int]:
    """Minute by minute, second by second."""
    found: set[int] = set()
    for end in range(60, last + 1, 60):
        if end <= first:
            continue
        begin = equal_up_to(values, max(first, end - 60), end)
        if values[end - 1] != 0 and end - begin >= 20:
            found.update(range(begin, end))
    return found


def flat_minutes_searched(values: list[int], first: int, last: int) -> set[int]:
    """Every stretch of fifteen, one after another."""
    found: set[int] = set()
    for begin in range(first, last - 14):
        stretch = set(values[begin : begin + 15])
        if len(stretch) == 1 and 0 not in stretch:
            found.update(range(begin, begin + 15))
    return found


@OFTEN
@given(VALUES, some.data())
def test_flat_seconds_are_those_that_a_slow_search_finds(values, data) -> None:
    first = data.draw(some.integers(0, len(values) - 1))
    last = data.draw(some.integers(first + 1, len(values)))
    found = flat(Scale.SECOND, values, first, last)
    assert found == flat_seconds_searched(values, first, last)


@OFTEN
@given(VALUES, some.data())
def test_flat_minutes_are_those_that_a_slow_search_finds(values, data) -> None:
    first = data.draw(some.integers(0, len(values) - 1))
    last = data.draw(some.integers(first + 1, len(values)))
    found = flat(Scale.MINUTE, values, first, last)
    assert found == flat_minutes_searched(values, first, last)


@OFTEN
@given(some.lists(some.sampled_from((1, 1, 1, 1, 1, 1, 1, 1, 1, 2)), max_size=200))
def test_short_stretches_of_minutes_are_told_from_long_ones(values) -> None:
    found = flat(Scale.MINUTE, values, 0, len(values))
    assert found == flat_minutes_searched(values, 0, len(values))


@pytest.mark.parametrize(("count", "flat_count"), [(19, 0), (20, 20), (60, 60)])
def test_twenty_equal_seconds_before_the_minute_are_flat_and_fewer_are_not(
    count, flat_count
) -> None:
    values = [*range(1, 61 - count), *[700] * count]
    assert len(flat(Scale.SECOND, values, 0, 60)) == flat_count


def test_equal_seconds_that_do_not_end_the_minute_are_samples() -> None:
    assert flat(Scale.SECOND, [*[5] * 59, 6], 0, 60) == set()


@pytest.mark.parametrize(("count", "flat_count"), [(14, 0), (15, 15), (16, 16)])
def test_fifteen_equal_minutes_are_flat_and_fewer_are_not(count, flat_count) -> None:
    values = [1, 2, 3, *[700] * count, 4, 5, 6]
    assert len(flat(Scale.MINUTE, values, 0, len(values))) == flat_count


@pytest.mark.parametrize("scale", [Scale.SECOND, Scale.MINUTE])
def test_a_home_that_uses_nothing_is_not_flat(scale) -> None:
    assert flat(scale, [0] * 120, 0, 120) == set()


@pytest.mark.parametrize("scale", [Scale.QUARTER_HOUR, Scale.HOUR])
def test_what_is_wider_than_a_minute_is_never_flat(scale) -> None:
    assert flat(scale, [7] * 120, 0, 120) == set()
