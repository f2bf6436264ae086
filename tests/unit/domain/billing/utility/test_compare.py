"""The home's hours beside the utility's."""

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.archive.spans import HOUR_SECONDS
from domain.billing.pricing.metered import Metered, MeteredHour
from domain.billing.utility.compare import Comparison, Reason, compare
from domain.billing.utility.readings import Interval, UtilityReadings, hours_of

DENVER = ZoneInfo("America/Denver")
WEEK = 7 * 24
MARCH = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp())
"""The clocks change on the ninth."""


def loads(count: int, seed: int = 1) -> list[int]:
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return [chance.randrange(200, 5_000) * 3_600_000 for _ in range(count)]


def metered(values: list[int], start: int = MARCH) -> Metered:
    hours = (
        MeteredHour(start=start + at * HOUR_SECONDS, imported=each)
        for at, each in enumerate(values)
    )
    return Metered.of_hours(hours, start=start, end=start + len(values) * HOUR_SECONDS)


def told(values: list[int], start: int = MARCH) -> UtilityReadings:
    return UtilityReadings(
        hours=hours_of(
            Interval(start + at * HOUR_SECONDS, HOUR_SECONDS, each, False)
            for at, each in enumerate(values)
        )
    )


def reasons(comparison: Comparison) -> list[Reason]:
    return [finding.reason for finding in comparison.findings]


def test_the_same_hours_agree() -> None:
    values = loads(WEEK)
    compared = compare(told(values), metered(values), DENVER)
    assert reasons(compared) == [Reason.AGREES]
    assert len(compared.pairs) == WEEK


@pytest.mark.parametrize("hours", [1, -1, 7])
def test_a_file_that_is_shifted_is_named_as_such(hours: int) -> None:
    values = loads(WEEK)
    late = told(values, start=MARCH + hours * HOUR_SECONDS)
    (*_, finding) = compare(late, metered(values), DENVER).findings
    assert (finding.reason, finding.number) == (Reason.SHIFTED, hours)
    assert ("later" if hours > 0 else "earlier") in finding.sentence


@pytest.mark.parametrize(
    ("in_summer", "reason"),
    [(True, Reason.SHIFTED_IN_SUMMER), (False, Reason.SHIFTED_IN_WINTER)],
)
def test_hours_that_are_shifted_in_one_season_alone_are_named_by_it(in_summer, reason) -> None:
    values = loads(3 * WEEK)
    ours = metered(values)

    def is_summer(at: int) -> bool:
        return bool(datetime.fromtimestamp(MARCH + at * HOUR_SECONDS, DENVER).dst())

    theirs = [values[at - 1 if is_summer(at) == in_summer and at else at] for at in range(3 * WEEK)]
    (finding,) = compare(told(theirs), ours, DENVER).findings
    assert finding.reason is reason
    assert finding.number == 1


@pytest.mark.parametrize(
    ("ratio", "reason"),
    [
        (0.55, Reason.LEG_MISSING_IN_FILE),
        (1 / 0.45, Reason.LEG_MISSING),
        (10.0, Reason.MULTIPLIER),
        (0.001, Reason.MULTIPLIER),
    ],
)
def test_a_file_that_is_always_the_same_multiple_is_named_by_it(ratio, reason) -> None:
    values = loads(WEEK)
    theirs = [round(each * ratio) for each in values]
    (finding,) = compare(told(theirs), metered(values), DENVER).findings
    assert finding.reason is reason


def test_another_homes_file_is_not_explained() -> None:
    compared = compare(told(loads(WEEK, seed=2)), metered(loads(WEEK)), DENVER)
    assert reasons(compared) == [Reason.UNEXPLAINED]


def test_where_nothing_here_was_used_no_multiple_is_looked_for() -> None:
    compared = compare(told(loads(WEEK)), metered([0] * WEEK), DENVER)
    assert reasons(compared) == [Reason.UNEXPLAINED]


def test_hours_that_one_of_both_does_not_know_are_counted() -> None:
    values = loads(2 * WEEK)
    compared = compare(told(values), metered(values[:WEEK]), DENVER)
    assert reasons(compared) == [Reason.COVERAGE, Reason.AGREES]
    assert compared.findings[0].number == 0.5


def test_hours_that_are_partly_known_here_are_not_compared() -> None:
    ours = Metered.of_hours(
        [MeteredHour(start=MARCH, imported=1, known_seconds=60)],
        start=MARCH,
        end=MARCH + HOUR_SECONDS,
    )
    compared = compare(told([1]), ours, DENVER)
    assert reasons(compared) == [Reason.COVERAGE, Reason.TOO_LITTLE]


def test_a_file_of_nothing_but_zeros_says_too_little() -> None:
    compared = compare(told([0] * WEEK), metered(loads(WEEK)), DENVER)
    assert reasons(compared) == [Reason.TOO_LITTLE]
    assert "nothing was taken" in compared.findings[0].sentence


def test_quarter_hours_make_an_hour_and_the_same_twice_counts_once() -> None:
    quarter = HOUR_SECONDS // 4
    parts = [Interval(MARCH + at * quarter, quarter, 10, False) for at in range(4)]
    assert hours_of(parts * 2)[MARCH].imported == 40


def test_what_was_given_stands_beside_what_was_taken() -> None:
    both = [Interval(MARCH, HOUR_SECONDS, 5, False), Interval(MARCH, HOUR_SECONDS, 7, True)]
    hour = hours_of(both)[MARCH]
    assert (hour.imported, hour.exported) == (5, 7)


def test_hours_that_are_not_told_wholly_are_left_out() -> None:
    across = Interval(MARCH + 1800, HOUR_SECONDS, 5, False)
    of_a_day = Interval(MARCH, 24 * HOUR_SECONDS, 5, False)
    part = Interval(MARCH, 900, 5, False)
    empty = Interval(MARCH, 0, 5, False)
    assert hours_of([across, of_a_day, part, empty]) == {}


def test_hours_that_are_told_in_two_ways_are_left_out() -> None:
    taken = [Interval(MARCH, HOUR_SECONDS, 5, False), Interval(MARCH, HOUR_SECONDS, 6, False)]
    given = [Interval(MARCH, HOUR_SECONDS, 5, True), Interval(MARCH, HOUR_SECONDS, 6, True)]
    assert hours_of(taken) == {}
    assert hours_of([taken[0], *given]) == {}
    assert [taken[0].is_of(hours) for hours in ({}, hours_of(taken[:1]))] == [False, True]


def test_a_net_below_zero_was_given() -> None:
    nets = [Interval(MARCH + at * 900, 900, net, False) for at, net in enumerate((5, -3, 0, 1))]
    hour = hours_of(nets)[MARCH]
    assert (hour.imported, hour.exported) == (6, 3)
    assert hour.quarters == (5, -3, 0, 1)


def test_quarters_that_are_told_are_known_as_nets() -> None:
    taken = [Interval(MARCH + at * 900, 900, at + 10, False) for at in range(4)]
    given = [Interval(MARCH + at * 900, 900, 2 * at, True) for at in range(4)]
    assert hours_of(taken)[MARCH].quarters == (10, 11, 12, 13)
    assert hours_of(taken + given)[MARCH].quarters == (10, 9, 8, 7)


def test_quarters_of_one_way_alone_are_not_known() -> None:
    taken = [Interval(MARCH + at * 900, 900, 10, False) for at in range(4)]
    assert hours_of([*taken, Interval(MARCH, HOUR_SECONDS, 4, True)])[MARCH].quarters is None


def test_halves_of_an_hour_tell_of_no_quarter() -> None:
    halves = [Interval(MARCH + at * 1800, 1800, 10, False) for at in range(2)]
    assert hours_of(halves)[MARCH].quarters is None
