import pytest

from domain.live.minutes import MINUTE, FlatMinutes, Quality, flat_tail, quality_of

MEASURED = [float(place + 1) for place in range(MINUTE)]
FLAT = [0.5] * MINUTE
UNKNOWN: list[float | None] = [None] * MINUTE


def test_the_run_that_ends_a_minute_is_counted_from_its_end() -> None:
    assert flat_tail(MEASURED) == 1
    assert flat_tail([*MEASURED[:40], *FLAT[40:]]) == 20
    assert flat_tail([*FLAT[:50], *MEASURED[50:]]) == 1
    assert flat_tail(FLAT) == MINUTE


@pytest.mark.parametrize("last", [None, 0.0])
def test_what_is_unknown_or_nothing_at_all_is_no_run(last: float | None) -> None:
    assert flat_tail([last] * MINUTE) == 0
    assert flat_tail([*FLAT[:-1], last]) == 0


def test_twenty_equal_seconds_that_end_a_minute_are_an_average_and_those_before_are_not() -> None:
    minute = [*MEASURED[:40], *FLAT[40:]]

    qualities = [quality_of(place, minute) for place in range(MINUTE)]

    assert qualities == [Quality.LIVE] * 40 + [Quality.AVERAGED] * 20


def test_nineteen_equal_seconds_or_a_run_in_the_middle_are_measured() -> None:
    assert {quality_of(place, [*MEASURED[:41], *FLAT[41:]]) for place in range(MINUTE)} == {
        Quality.LIVE
    }
    assert {quality_of(place, [*FLAT[:50], *MEASURED[50:]]) for place in range(MINUTE)} == {
        Quality.LIVE
    }


def test_a_second_that_is_not_known_is_missing_whatever_stands_around_it() -> None:
    assert quality_of(3, [*FLAT[:3], None, *FLAT[4:]]) is Quality.MISSING


def test_flat_minutes_count_in_a_row_alone() -> None:
    flat = FlatMinutes()
    for minute in (FLAT, FLAT, MEASURED, FLAT):
        flat.note(minute)
    assert flat.count == 1


def test_a_minute_of_which_nothing_is_known_is_passed_over() -> None:
    flat = FlatMinutes()
    for minute in (FLAT, UNKNOWN, FLAT):
        flat.note(minute)
    assert flat.count == 2


def test_a_minute_with_a_hole_is_not_flat() -> None:
    flat = FlatMinutes()
    flat.note(FLAT)
    flat.note([None, *FLAT[1:]])
    assert flat.count == 0
