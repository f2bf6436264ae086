from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from domain.billing.periods import (
    Period,
    local_day,
    midnight,
    months_of,
    period_of,
    periods_between,
)
from tests.unit.domain.archive.readings import OFTEN
from tests.unit.domain.billing.made import NEW_YORK

DAYS = some.dates(date(2001, 1, 1), date(2060, 1, 1))


def test_a_period_of_billing_day_31_begins_on_the_last_day_of_short_months() -> None:
    periods = list(periods_between(date(2025, 1, 31), date(2025, 6, 30), 31))
    assert [period.first for period in periods] == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
    ]
    assert [period.days for period in periods] == [28, 31, 30, 31, 30]


def test_billing_day_30_begins_on_the_leap_day() -> None:
    assert period_of(date(2024, 3, 1), 30) == Period.whole(date(2024, 2, 29), date(2024, 3, 30))


def test_the_days_before_the_billing_day_belong_to_the_period_of_the_month_before() -> None:
    assert period_of(date(2026, 1, 14), 15) == Period.whole(date(2025, 12, 15), date(2026, 1, 15))


@OFTEN
@given(DAYS, some.integers(1, 31))
def test_every_day_is_in_one_period_and_periods_leave_no_gap(day, billing_day) -> None:
    periods = list(periods_between(day, day + timedelta(days=800), billing_day))
    assert periods[0].first <= day < periods[0].end
    assert all(one.end == other.first for one, other in pairwise(periods))
    assert all(28 <= period.days <= 31 for period in periods)
    assert all(period_of(period.first, billing_day) == period for period in periods)


def test_a_period_is_cut_at_the_first_of_each_month() -> None:
    period = Period.whole(date(2025, 12, 15), date(2026, 1, 15))
    assert [(part.first, part.days, part.share.denominator) for part in months_of(period)] == [
        (date(2025, 12, 15), 17, 31),
        (date(2026, 1, 1), 14, 31),
    ]


def test_a_day_begins_after_the_midnight_that_clocks_skip() -> None:
    santiago = ZoneInfo("America/Santiago")
    begins = midnight(date(2025, 9, 7), santiago)
    assert datetime.fromtimestamp(begins, santiago).hour == 1
    assert local_day(begins, santiago) == date(2025, 9, 7)
    assert local_day(begins - 1, santiago) == date(2025, 9, 6)


def test_days_are_the_homes_own() -> None:
    assert local_day(midnight(date(2025, 7, 1), NEW_YORK) - 1, NEW_YORK) == date(2025, 6, 30)
