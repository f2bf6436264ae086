from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.archive.recording.plan import (
    SOON_SECONDS,
    WINDOW_SECONDS,
    Errand,
    Range,
    Recorded,
    Turn,
    errands,
)
from domain.archive.recording.recorder import Recording, Seconds
from domain.archive.recording.retention import RETAINED_SECONDS
from domain.archive.series import SeriesName
from domain.archive.spans import KEPT_SCALES, SECONDS
from domain.archive.windows import WIDEST_WINDOW_BUCKETS
from domain.emporia.usage import Scale
from tests.unit.domain.archive.readings import MARCH, REPEATABLE

DAY = 86_400
NOW = MARCH + 5 * 3600 + 17
MAINS = SeriesName(1000, "1,2,3")
THREE_YEARS = 3 * 365 * DAY + 17


def recorded(
    others: int = 17, *, mains: int = 1, first_known: int = NOW - THREE_YEARS, **chosen
) -> Recorded:
    return Recorded(
        mains=[SeriesName(1000 + at, "1,2,3") for at in range(mains)],
        others=[SeriesName(1000, str(at + 1)) for at in range(others)],
        recording=Recording(**chosen),
        first_known={1000 + at: first_known for at in range(mains)},
    )


def everything(_: SeriesName, __: Scale, start: int, end: int) -> Iterator[Range]:
    """Nobody has asked for anything."""
    yield start, end


def nothing(_: SeriesName, __: Scale, ___: int, ____: int) -> Iterator[Range]:
    """All was asked for."""
    yield from ()


def is_soon(errand: Errand) -> bool:
    return errand.forgotten_at is not None and errand.forgotten_at < NOW + SOON_SECONDS


def test_no_window_is_wider_than_emporia_takes() -> None:
    for scale in KEPT_SCALES:
        assert WINDOW_SECONDS[scale] == WIDEST_WINDOW_BUCKETS[scale] * SECONDS[scale]


@pytest.mark.parametrize("seconds", Seconds)
def test_no_errand_is_wider_than_a_window_nor_lies_in_two(seconds) -> None:
    for errand in errands(recorded(seconds=seconds), everything, now=NOW):
        width = WINDOW_SECONDS[errand.scale]
        assert 0 < errand.end - errand.start <= width
        assert errand.start // width == (errand.end - 1) // width
        assert errand.start % SECONDS[errand.scale] == 0


@pytest.mark.parametrize("day", range(0, 31, 5))
def test_three_years_of_eighteen_series_take_about_1640_requests(day) -> None:
    now = NOW + day * DAY
    made = errands(recorded(first_known=now - THREE_YEARS), everything, now=now)
    # Give or take a window that the edge of a retention cuts, of each series.
    assert len(made) in (1640 - 18, 1640, 1640 + 18)
    assert sum(errand.is_of_the_day for errand in made) <= 60


def test_a_day_takes_sixty_requests_for_one_mains_and_seventeen_others() -> None:
    assert recorded().requests_a_day == 60


@pytest.mark.parametrize(
    ("minutes", "seconds", "requests"),
    [
        (True, Seconds.OFF, 36),
        (True, Seconds.MAINS, 60),
        (False, Seconds.OFF, 3),
        (False, Seconds.MAINS, 27),
        (False, Seconds.ALL, 435),
    ],
)
def test_a_day_takes_what_was_chosen(minutes, seconds, requests) -> None:
    assert recorded(minutes=minutes, seconds=seconds).requests_a_day == requests


def test_minutes_of_all_are_recorded_only_where_they_fit_a_day() -> None:
    assert recorded(99, seconds=Seconds.OFF).has_minutes_of_all
    assert not recorded(100, seconds=Seconds.OFF).has_minutes_of_all
    assert recorded(87).has_minutes_of_all
    assert not recorded(88).has_minutes_of_all
    assert not recorded(minutes=False).has_minutes_of_all


def test_where_minutes_of_all_do_not_fit_the_mains_have_them_and_circuits_quarter_hours() -> None:
    wide = recorded(1070)
    made = errands(wide, everything, now=NOW)
    assert {errand.name for errand in made if errand.scale is Scale.MINUTE} == {MAINS}
    with_quarters = {errand.name for errand in made if errand.scale is Scale.QUARTER_HOUR}
    assert len(with_quarters) == 1071
    assert wide.requests_a_day == 2 + 24 + 153


def test_seconds_of_circuits_are_asked_for_only_if_somebody_chose_them() -> None:
    def named(**chosen) -> set[SeriesName]:
        made = errands(recorded(3, **chosen), everything, now=NOW)
        return {errand.name for errand in made if errand.scale is Scale.SECOND}

    assert named() == {MAINS}
    assert named(seconds=Seconds.OFF) == set()
    assert len(named(seconds=Seconds.ALL)) == 4


def test_without_minutes_quarter_hours_are_recorded_up_to_now() -> None:
    made = errands(recorded(minutes=False, seconds=Seconds.OFF), everything, now=NOW)
    assert {errand.scale for errand in made} == {Scale.QUARTER_HOUR, Scale.HOUR}
    newest = max(errand.end for errand in made if errand.scale is Scale.QUARTER_HOUR)
    assert NOW - newest < 7 * DAY + 3600


@pytest.mark.parametrize("seconds", Seconds)
def test_what_is_forgotten_soon_is_first_and_the_long_past_is_asked_for_backwards(seconds) -> None:
    made = errands(recorded(seconds=seconds), everything, now=NOW)
    soon = [errand for errand in made if is_soon(errand)]
    assert made[: len(soon)] == soon
    assert soon == sorted(soon, key=lambda errand: errand.forgotten_at or 0)
    rest = made[len(soon) :]
    assert [errand.turn for errand in rest] == sorted(errand.turn for errand in rest)
    for turn in Turn:
        starts = [errand.start for errand in rest if errand.turn is turn]
        assert starts == sorted(starts, reverse=True)


def test_minutes_come_before_quarter_hours_and_those_before_hours() -> None:
    made = errands(recorded(seconds=Seconds.OFF), everything, now=NOW)
    scales = list(dict.fromkeys(errand.scale for errand in made if not is_soon(errand)))
    assert scales == [Scale.MINUTE, Scale.QUARTER_HOUR, Scale.HOUR]


def test_nothing_is_asked_of_what_emporia_forgot_or_of_the_time_before_a_device_was() -> None:
    for errand in errands(recorded(), everything, now=NOW):
        assert errand.start >= NOW - THREE_YEARS
        if errand.scale in RETAINED_SECONDS:
            assert errand.start >= NOW - RETAINED_SECONDS[errand.scale]
            assert errand.forgotten_at == errand.start + RETAINED_SECONDS[errand.scale]
        else:
            assert errand.forgotten_at is None


def test_nothing_is_asked_of_what_is_not_published_yet() -> None:
    assert all(errand.end < NOW for errand in errands(recorded(), everything, now=NOW))


def test_a_device_that_is_new_has_nothing_to_be_asked_for() -> None:
    assert errands(recorded(first_known=NOW), everything, now=NOW) == []


def test_a_device_of_which_nobody_knows_is_taken_for_new() -> None:
    stranger = Recorded(
        mains=[SeriesName(7, "1,2,3")], others=[], recording=Recording(), first_known={}
    )
    assert errands(stranger, everything, now=NOW) == []


def test_no_bucket_of_a_series_is_asked_for_at_two_of_the_wider_scales() -> None:
    made = [errand for errand in errands(recorded(1), everything, now=NOW) if errand.name == MAINS]
    by_scale = {
        scale: [(errand.start, errand.end) for errand in made if errand.scale is scale]
        for scale in (Scale.MINUTE, Scale.QUARTER_HOUR, Scale.HOUR)
    }
    edges = sorted(edge for stretches in by_scale.values() for edge in stretches)
    overlaps = sum(max(0, one[1] - other[0]) for one, other in pairwise(edges))
    assert overlaps < 3600  # a quarter of an hour where one retention ends


def test_where_all_was_asked_for_there_is_nothing_to_do() -> None:
    assert errands(recorded(), nothing, now=NOW) == []


HOURS = some.lists(some.tuples(some.integers(1, 7 * 24), some.integers(1, 30)), max_size=8)


@REPEATABLE
@given(HOURS)
def test_no_errand_asks_for_what_was_asked(stretches) -> None:
    asked = {
        hour
        for ago, length in stretches
        for hour in range(NOW // 3600 - ago, NOW // 3600 - ago + length)
    }

    def gaps(_: SeriesName, scale: Scale, start: int, end: int) -> Iterator[Range]:
        if scale is Scale.MINUTE:
            for hour in range(start // 3600, -(-end // 3600)):
                if hour not in asked:
                    yield max(start, hour * 3600), min(end, hour * 3600 + 3600)

    everything_asked = errands(recorded(0), everything, now=NOW)
    wanted = {
        hour
        for errand in everything_asked
        if errand.scale is Scale.MINUTE
        for hour in range(errand.start // 3600, -(-errand.end // 3600))
    }
    made = errands(recorded(0), gaps, now=NOW)
    asked_now: set[int] = set()
    for errand in made:
        first, last = errand.start // 3600, (errand.end - 1) // 3600
        assert first not in asked
        assert last not in asked
        assert not asked_now.intersection(range(first, last + 1))
        asked_now.update(range(first, last + 1))
    assert asked_now >= wanted - asked
    windows = [errand.start // WINDOW_SECONDS[Scale.MINUTE] for errand in made]
    assert len(windows) == len(set(windows))


def test_what_comes_every_day_is_told_from_the_first_fill() -> None:
    made = errands(recorded(), everything, now=NOW)
    of_the_day = [errand for errand in made if errand.is_of_the_day]
    assert {errand.scale for errand in of_the_day} == {Scale.SECOND, Scale.MINUTE}
    assert all(errand.end > NOW - DAY for errand in of_the_day)
    assert all(errand.is_of_the_day for errand in made if errand.scale is Scale.SECOND)
