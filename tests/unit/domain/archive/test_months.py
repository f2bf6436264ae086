from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.archive.hours import NO_SOURCE, SOURCES, Hour, hours_of, part_seconds, parts_of
from domain.archive.months import Month, Timeline, Total
from domain.archive.quality import Mark
from domain.archive.spans import HOUR_SECONDS, month_at
from domain.emporia.usage import Scale
from tests.unit.domain.archive.hours_made import (
    buckets_told,
    hour_told,
    months_kept,
    months_rebuilt,
    random_chunks,
    take,
)
from tests.unit.domain.archive.readings import LONG_AFTER, MARCH, REPEATABLE, chance, chunk

APRIL = month_at(MARCH)[1]
KWH = 3_600_000_000
SMALL_KINDS = (0.0, 0.25, -0.25, None)


def month_of(*chunks) -> Month:
    month = Month.empty(MARCH)
    for each in chunks:
        take({MARCH: month}, each)
    return month


@cache
def timeline_of_a_month(seed: int) -> Timeline:
    random = chance(seed)
    quarters = [random.choice(SMALL_KINDS) for _ in range(31 * 96)]
    return Timeline([month_of(chunk(Scale.QUARTER_HOUR, quarters))])


@pytest.mark.parametrize("seed", range(3))
def test_months_are_the_same_kept_in_any_order_and_made_anew(seed) -> None:
    end = month_at(APRIL)[1]
    chunks = random_chunks(chance(seed), MARCH, end, hole=0.2)
    kept = months_kept(chunks, MARCH, end)
    rebuilt = months_rebuilt(chunks, MARCH, end)
    assert kept == rebuilt
    assert months_kept(chunks[::-1], MARCH, end) == rebuilt


@pytest.mark.parametrize("seed", range(2))
def test_an_hour_has_the_one_source_that_knows_most_of_it(seed) -> None:
    chunks = random_chunks(chance(seed), MARCH, APRIL, hole=0.05)
    month = months_kept(chunks, MARCH, APRIL)[MARCH]
    told = buckets_told(chunks)
    for at in range(MARCH, APRIL, HOUR_SECONDS):
        hour, buckets = month.hour(at), hour_told(told, at)
        assert hour.net == sum(value for _, _, value in buckets)
        assert hour.known_seconds == sum(width for _, width, _ in buckets)
        if not hour.is_netted:
            assert hour.positive == sum(value for _, _, value in buckets if value > 0)
            for quarter in range(4):
                first = at + quarter * 900
                assert hour.quarters[quarter] == sum(
                    value for start, _, value in buckets if first <= start < first + 900
                )


@REPEATABLE
@given(some.integers(0, 20), some.integers(0, 4 * 24), some.integers(1, 4 * 24))
def test_a_stretch_of_quarter_hours_is_the_sum_of_its_quarters(seed, first, count) -> None:
    random = chance(seed)
    quarters = [random.choice(SMALL_KINDS) for _ in range(8 * 24)]
    timeline = Timeline([month_of(chunk(Scale.QUARTER_HOUR, quarters))])
    start, end = MARCH + first * 900, MARCH + (first + count) * 900
    told = timeline.total(start, end)
    each = [timeline.total(at, at + 900) for at in range(start, end, 900)]
    expected = sum(round((usage or 0) * KWH) for usage in quarters[first : first + count])
    assert told.millijoules == sum(quarter.millijoules for quarter in each) == expected
    assert told.is_settled == all(quarter.is_settled for quarter in each)
    assert abs(told.known_seconds - sum(quarter.known_seconds for quarter in each)) <= count


@REPEATABLE
@given(some.integers(0, 3), some.lists(some.integers(0, 31 * 96), min_size=2, max_size=6))
def test_stretches_that_follow_each_other_sum_to_the_whole(seed, cuts) -> None:
    timeline = timeline_of_a_month(seed)
    edges = [MARCH + cut * 900 for cut in sorted(set(cuts))]
    parts = [timeline.total(start, end) for start, end in pairwise(edges)]
    whole = timeline.total(edges[0], edges[-1]).millijoules
    assert sum(part.millijoules for part in parts) == whole


def test_of_an_hour_known_as_a_whole_alone_no_part_is_told() -> None:
    timeline = Timeline([month_of(chunk(Scale.HOUR, [1.0, 1.0, 1.0]))])
    half = timeline.total(MARCH + 1800, MARCH + 3 * HOUR_SECONDS)
    assert half == Total(millijoules=2 * KWH, known_seconds=2 * HOUR_SECONDS, is_settled=False)


def test_where_all_was_asked_for_in_vain_a_part_of_the_hour_is_settled_too() -> None:
    timeline = Timeline([month_of(chunk(Scale.HOUR, [None, None]))])
    nothing = Total(millijoules=0, known_seconds=0, is_settled=True)
    assert timeline.total(MARCH, MARCH + HOUR_SECONDS).is_settled
    assert timeline.total(MARCH + 1800, MARCH + HOUR_SECONDS) == nothing
    assert not timeline.total(MARCH + 9000, MARCH + 9900).is_settled


def test_a_part_of_an_hour_that_is_partly_known_has_its_share_of_it() -> None:
    timeline = Timeline([month_of(chunk(Scale.QUARTER_HOUR, [1.0, None, 1.0, 1.0]))])
    half = timeline.total(MARCH, MARCH + 1800)
    assert half.millijoules == KWH
    assert half.known_seconds == 2700 // 2


def test_a_finer_source_takes_the_place_of_a_wider_one_once_it_knows_the_hour() -> None:
    month = month_of(chunk(Scale.HOUR, [1.0]), chunk(Scale.MINUTE, [0.5] * 59))
    assert month.hour(MARCH).source == SOURCES[Scale.HOUR]
    take({MARCH: month}, chunk(Scale.MINUTE, [float(at) for at in range(60)]))
    assert month.hour(MARCH).source == SOURCES[Scale.MINUTE]
    assert month.hour(MARCH).net == sum(range(60)) * KWH


def test_an_hour_is_settled_once_anything_wider_than_seconds_was_asked_for_all_of_it() -> None:
    def hour(scale: Scale, usages: list[float | None]) -> Hour:
        return month_of(chunk(scale, usages)).hour(MARCH)

    assert hour(Scale.HOUR, [None]) == Hour(source=NO_SOURCE, is_settled=True)
    assert hour(Scale.MINUTE, [1.0, *[None] * 59]).is_settled
    assert not hour(Scale.MINUTE, [1.0] * 59).is_settled
    assert not hour(Scale.SECOND, [1.0, *[None] * 3599]).is_settled
    assert hour(Scale.SECOND, [1.0] * 3600).is_settled


def test_what_a_finer_source_lacks_was_still_settled_by_a_wider_one() -> None:
    month = month_of(chunk(Scale.HOUR, [None]), chunk(Scale.MINUTE, [0.5] * 7))
    assert month.hour(MARCH).is_settled
    assert month.hour(MARCH).known_seconds == 7 * 60


def test_an_hour_tells_whether_a_file_or_a_longer_mean_told_it() -> None:
    month = month_of(
        chunk(Scale.MINUTE, [0.5] * 60),
        chunk(Scale.QUARTER_HOUR, [0.5], start=MARCH + HOUR_SECONDS, told=Mark.IMPORTED),
        chunk(Scale.MINUTE, [*[0.5] * 59, 0.6], start=MARCH + 2 * HOUR_SECONDS),
    )
    hours = [month.hour(MARCH + at * HOUR_SECONDS) for at in range(3)]
    assert [hour.is_averaged for hour in hours] == [True, False, False]
    assert [hour.is_imported for hour in hours] == [False, True, False]

    timeline = Timeline([month])
    averaged = timeline.total(MARCH, MARCH + HOUR_SECONDS)
    both = timeline.total(MARCH, MARCH + 2 * HOUR_SECONDS)
    assert averaged.is_averaged
    assert both.is_imported
    assert not both.is_averaged


def test_only_hours_that_somebody_asked_about_are_made_of_a_chunk() -> None:
    made = chunk(Scale.MINUTE, [None, 1.0], start=MARCH + 5 * HOUR_SECONDS)
    hours = dict(hours_of(made, parts_of(made, part_seconds(Scale.MINUTE))))
    assert list(hours) == [MARCH + 5 * HOUR_SECONDS]
    assert hours[MARCH + 5 * HOUR_SECONDS].known_seconds == 60


def test_a_month_begins_with_its_first_second_whichever_it_is_asked_for() -> None:
    assert Month.empty(LONG_AFTER).start == month_at(LONG_AFTER)[0]
    assert len(Month.empty(MARCH + 86_400).kinds) == 31 * 24
