"""The day, the bill and the peak so far are what costs tell when they are asked for."""

from array import array
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.billing.bills.bill import Peak
from domain.billing.bills.costs import Span, costs_of, plan_of
from domain.billing.bills.now import cost_now, span_of
from domain.billing.bills.rows import RowsBy, Split
from domain.billing.pricing.metered import Metered
from domain.billing.tariffs.charges import By, FixedCharge
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.exports import NetMetering
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates, Tariff
from domain.emporia.devices import Location
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    NEW_YORK,
    calendar_of,
    flat,
    random_home,
    steady,
    tariff_of,
)
from tests.unit.domain.billing.published import demands, hours

FIRST = date(2025, 6, 1)
CALENDAR = calendar_of(FIRST - timedelta(days=400), FIRST + timedelta(days=30), NEW_YORK)
NOON = CALENDAR.midnight(date(2025, 6, 11)) + 12 * 3600
PEAK_HOURS = Schedule.of(weekday=[hours(0, (16, 21, 1))] * 12)
RATES = Rates(
    since=LONG_AGO,
    energy=flat("0.10"),
    fixed=(FixedCharge("Grid", Decimal(10)), FixedCharge("Meter", Decimal(1), By.DAY)),
)
WITH_DEMAND = replace(
    RATES,
    demand=(DemandCharge(periods=demands(("Other", "0"), ("Peak", "2")), schedule=PEAK_HOURS),),
)


def known_until(now: int, home: Metered | None = None) -> Metered:
    whole = steady(CALENDAR) if home is None else home
    end = now - now % 3600
    return whole.over(CALENDAR.start, end).over(CALENDAR.start, CALENDAR.after)


def now_of(tariff: Tariff, home: Metered, now: int = NOON):
    plan = plan_of(tariff, span_of(now), Location(NEW_YORK), now=now)
    return cost_now(tariff, plan, holidays=frozenset(), home=home, now=now)


def costs_at(tariff: Tariff, home: Metered, by: RowsBy, now: int = NOON):
    """The row of now, as costs tell it."""
    span = Span(start=now, end=now + 1, by=by, split=Split.NONE)
    plan = plan_of(tariff, span, Location(NEW_YORK), now=now)
    costs = costs_of(tariff, span, plan, holidays=frozenset(), home=home, circuits=(), now=now)
    (row,) = costs.rows
    return row, costs


def test_the_day_and_the_bill_so_far_are_told() -> None:
    """Eleven days have begun: each has a dollar, and its part of ten of them for the month."""
    told = now_of(tariff_of(RATES), known_until(NOON))
    assert (told.today.start, told.today.coverage) == (NOON - 12 * 3600, 1)
    assert (told.bill.start, told.bill.amount, told.bill.coverage) == (
        CALENDAR.midnight(FIRST),
        Decimal("46.20"),
        1,
    )
    assert told.price is not None
    assert told.price.per_kwh == Decimal("0.10")


@pytest.mark.parametrize("rates", [RATES, WITH_DEMAND])
@pytest.mark.parametrize("seed", range(3))
def test_they_are_what_costs_tell_of_the_same_time(rates, seed) -> None:
    tariff = tariff_of(rates, replace(rates, since=date(2025, 6, 5), energy=flat("0.30")))
    home = known_until(NOON, random_home(CALENDAR, seed))
    told = now_of(tariff, home)
    day, _ = costs_at(tariff, home, RowsBy.DAY)
    bill, costs = costs_at(tariff, home, RowsBy.BILL)
    assert (told.today.start, told.today.amount) == (day.start, day.amount)
    assert (told.bill.start, told.bill.amount) == (bill.start, bill.amount)
    assert told.bill.coverage == costs.coverage
    assert costs.forecast is not None
    assert told.peak == (costs.bills[0].peak or costs.forecast.peak)


def test_what_net_metering_carried_from_the_bills_before_is_in_the_bill() -> None:
    """A year of one kilowatt given leaves nothing of June to be paid but what is fixed."""
    tariff = tariff_of(replace(RATES, export=NetMetering(name="Net metering")))
    home = steady(CALENDAR, -1)
    for place in range(CALENDAR.place(FIRST), CALENDAR.count):
        home.imported[place], home.exported[place] = home.exported[place], 0
    told = now_of(tariff, known_until(NOON, home))
    assert told.bill.amount == 21


def test_the_peak_is_the_one_that_the_bill_counts() -> None:
    home = steady(CALENDAR)
    quarters = array("q", home.quarters)
    three_o_clock = CALENDAR.place(date(2025, 6, 3)) + 15
    quarters[three_o_clock * 4] = 9 * KWH // 4
    quarters[(three_o_clock + 2) * 4 + 1] = 5 * KWH // 4
    home = replace(home, quarters=quarters)
    told = now_of(tariff_of(WITH_DEMAND), known_until(NOON, home))
    at_three = CALENDAR.at(three_o_clock)
    assert (told.peak, told.is_peak_billed) == (Peak(kilowatts=Decimal(9), at=at_three), True)


def test_where_the_bill_counts_none_the_peak_is_the_highest_quarter_hour() -> None:
    told = now_of(tariff_of(RATES), known_until(NOON))
    assert told.peak == Peak(kilowatts=Decimal(1), at=CALENDAR.midnight(FIRST))
    assert not told.is_peak_billed


def test_what_is_not_known_is_none_and_not_zero() -> None:
    told = now_of(tariff_of(RATES), Metered.nothing(CALENDAR.start, CALENDAR.count))
    assert (told.today.amount, told.today.coverage) == (None, 0)
    assert (told.bill.amount, told.bill.coverage) == (None, 0)
    assert (told.peak, told.is_peak_billed) == (None, False)
    assert told.price is not None


def test_before_the_first_rates_nothing_has_a_price() -> None:
    told = now_of(tariff_of(replace(RATES, since=date(2025, 7, 1))), known_until(NOON))
    assert (told.price, told.today.amount, told.bill.amount) == (None, None, None)


def test_in_the_first_second_of_a_day_nothing_of_it_is_known() -> None:
    midnight = CALENDAR.midnight(date(2025, 6, 11))
    told = now_of(tariff_of(RATES), known_until(midnight), midnight)
    assert (told.today.start, told.today.amount, told.today.coverage) == (midnight, None, 0)
    assert told.bill.amount is not None
