from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.billing.bills.bill import Peak
from domain.billing.periods import Period, period_of
from domain.billing.pricing.demand import NOT_BEGUN_SENTENCE, NOT_HELD_SENTENCE
from domain.billing.pricing.metered import Metered
from domain.billing.tariffs.charges import Percentage
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.lines import LineKind
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    NEW_YORK,
    amounts,
    bill,
    calendar_of,
    flat,
    steady,
    tariff_of,
)
from tests.unit.domain.billing.published import demands, hours

FIRST = date(2025, 6, 1)
JUNE = period_of(FIRST, 1)
CALENDAR = calendar_of(JUNE.first, JUNE.end, NEW_YORK)
FLAT = DemandCharge(periods=demands(("Demand", "10")), schedule=Schedule.always())
BY_TIME = DemandCharge(
    periods=demands(("Other demand", "1"), ("Peak demand", "5")),
    schedule=Schedule.of(weekday=[hours(0, (16, 21, 1))] * 12, weekend=[hours(0)] * 12),
)


def _tariff(*charges: DemandCharge):
    return tariff_of(
        Rates(
            since=LONG_AGO,
            energy=flat("0"),
            demand=charges,
            percentages=(Percentage("Tax", Decimal(10)),),
        )
    )


def _with_peak(hour: int, quarter: int, kilowatts: int) -> Metered:
    """One kilowatt all June, but more in one quarter of an hour of the 3rd, a Tuesday."""
    home = steady(CALENDAR)
    home.quarters[(2 * 24 + hour) * 4 + quarter] = kilowatts * KWH // 4
    return home


def test_a_demand_is_the_highest_quarter_hour_and_when_it_was_is_told() -> None:
    made = bill(_tariff(FLAT), JUNE, CALENDAR, _with_peak(17, 2, 7))
    assert amounts(made) == {"Energy": 0, "Demand": 70, "Tax": 7}
    assert made.peak == Peak(
        kilowatts=Decimal(7), at=CALENDAR.midnight(date(2025, 6, 3)) + 17 * 3600 + 1800
    )


@pytest.mark.parametrize(("hour", "other", "peak"), [(17, 1, 35), (15, 7, 5), (21, 7, 5)])
def test_each_time_of_use_has_a_demand_of_its_own(hour, other, peak) -> None:
    made = bill(_tariff(BY_TIME), JUNE, CALENDAR, _with_peak(hour, 0, 7))
    assert amounts(made)["Other demand"] == other
    assert amounts(made)["Peak demand"] == peak


def test_a_demand_is_unknown_where_quarter_hours_are_not_held() -> None:
    """And named; the rest of the bill is what it is, taxes included."""
    home = replace(steady(CALENDAR), held=bytes(CALENDAR.count))
    made = bill(_tariff(FLAT), JUNE, CALENDAR, home)
    line = next(line for line in made.lines if line.kind is LineKind.DEMAND)
    assert [line.amount, line.quantity, line.coverage] == [None, None, 0]
    assert line.unknown == NOT_HELD_SENTENCE
    assert made.peak is None
    assert made.total.amount == 0


def test_a_demand_of_some_quarter_hours_says_how_many_were_held() -> None:
    half = CALENDAR.count // 2
    home = replace(_with_peak(17, 2, 7), held=b"\1" * half + bytes(half))
    line = next(
        line
        for line in bill(_tariff(FLAT), JUNE, CALENDAR, home).lines
        if line.kind is LineKind.DEMAND
    )
    assert [line.amount, line.coverage, line.unknown] == [70, Fraction(1, 2), None]


def test_a_demand_of_hours_that_have_not_come_is_unknown() -> None:
    """1 June 2025 is a Sunday: no hour of the peak has come."""
    until = CALENDAR.midnight(FIRST) + 5 * 3600
    home = steady(CALENDAR).over(CALENDAR.start, until).over(CALENDAR.start, CALENDAR.after)
    made = bill(_tariff(BY_TIME), JUNE, CALENDAR, home, until=until)
    told = {line.name: line for line in made.lines}
    assert told["Other demand"].amount == 1
    assert told["Peak demand"].amount is None
    assert told["Peak demand"].unknown == NOT_BEGUN_SENTENCE


def test_a_home_that_only_gives_has_no_demand() -> None:
    home = steady(CALENDAR, -1)
    assert amounts(bill(_tariff(FLAT), JUNE, CALENDAR, home))["Demand"] == 0


def test_a_demand_of_a_season_is_due_for_its_days_of_the_bill() -> None:
    """16 May to 16 June: 16 days of spring at 4, 15 of summer at 9, of 31."""
    seasonal = DemandCharge(
        periods=demands(("Spring", "31"), ("Summer", "62")),
        schedule=Schedule.by_month([int(month >= 6) for month in range(1, 13)]),
    )
    period = Period.whole(date(2025, 5, 16), date(2025, 5, 16) + timedelta(days=31))
    calendar = calendar_of(period.first, period.end)
    made = bill(_tariff(seasonal), period, calendar, steady(calendar, 2))
    assert amounts(made) == {"Energy": 0, "Spring": 32, "Summer": 60, "Tax": Decimal("9.20")}
