"""Bills of a home that takes one kilowatt all the time, worked out with a pencil."""

from datetime import date
from decimal import Decimal

import pytest

from domain.billing.periods import Period, period_of
from domain.billing.tariffs.charges import Adjustment, By, FixedCharge, MinimumBill, Percentage
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.energy import EnergyRates, TiersBy
from domain.billing.tariffs.lines import LineKind
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    LONG_AGO,
    NEW_YORK,
    amounts,
    bill,
    calendar_of,
    flat,
    steady,
    tariff_of,
    tiered,
)
from tests.unit.domain.billing.published import demands, hours, prices

BEFORE_FOUR = EnergyRates(
    periods=prices(("Day", "0"), ("Night", "1")),
    schedule=Schedule.of(weekday=[hours(0, (0, 4, 1))] * 12),
)
EVENINGS = EnergyRates(
    periods=prices(("Off-peak", "0"), ("Peak", "1")),
    schedule=Schedule.of(
        weekday=[hours(0, (16, 21, 1))] * 12, weekend=[hours(0)] * 12, holiday=[hours(0)] * 12
    ),
)


@pytest.mark.parametrize(
    ("day", "night", "whole"),
    [(date(2025, 3, 20), 123, 743), (date(2025, 11, 20), 121, 721), (date(2025, 7, 1), 124, 744)],
)
def test_nights_are_shorter_or_longer_when_clocks_change(day, night, whole) -> None:
    """31 x 4 - 1 in March, 30 x 4 + 1 in November."""
    period = period_of(day, 1)
    calendar = calendar_of(period.first, period.end, NEW_YORK)
    made = bill(
        tariff_of(Rates(since=LONG_AGO, energy=BEFORE_FOUR)), period, calendar, steady(calendar)
    )
    assert amounts(made) == {"Day": 0, "Night": night}
    assert made.imported == whole
    assert made.coverage == 1


def test_a_holiday_has_hours_of_its_own() -> None:
    """July 2025 has 23 working days; the 4th is one of them: 22 x 5 hours of the peak."""
    period = period_of(date(2025, 7, 1), 1)
    tariff = tariff_of(Rates(since=LONG_AGO, energy=EVENINGS))
    plain = calendar_of(period.first, period.end, NEW_YORK)
    feast = calendar_of(period.first, period.end, NEW_YORK, [date(2025, 7, 4)])
    assert amounts(bill(tariff, period, plain, steady(plain)))["Peak"] == 115
    assert amounts(bill(tariff, period, feast, steady(feast)))["Peak"] == 110


@pytest.mark.parametrize(("year", "days"), [(2023, 28), (2024, 29)])
def test_a_leap_day_is_paid_for(year, days) -> None:
    period = period_of(date(year, 2, 10), 1)
    calendar = calendar_of(period.first, period.end)
    fixed = (FixedCharge("Meter", Decimal("0.50"), By.DAY), FixedCharge("Grid", Decimal(10)))
    tariff = tariff_of(Rates(since=LONG_AGO, energy=flat("0.10"), fixed=fixed))
    made = bill(tariff, period, calendar, steady(calendar))
    assert amounts(made) == {
        "Energy": Decimal("2.4") * days,
        "Meter": Decimal("0.5") * days,
        "Grid": 10,
    }


def test_a_bill_from_the_middle_of_a_month_lays_the_year_on_its_own_days() -> None:
    """15 December to 15 January: 31 days, 744 kWh, 500 of them in the first tier."""
    period = period_of(date(2026, 1, 1), 15)
    calendar = calendar_of(period.first, period.end, NEW_YORK)
    energy = EnergyRates(
        periods=(tiered("Energy", ("0.10", 500), ("0.20", None)),), schedule=Schedule.always()
    )
    made = bill(tariff_of(Rates(since=LONG_AGO, energy=energy)), period, calendar, steady(calendar))
    assert amounts(made) == {"Energy, tier 1": 50, "Energy, tier 2": Decimal("48.80")}


def test_tiers_by_the_month_begin_anew_on_the_first() -> None:
    """17 days of December have 408 kWh and 17/31 of 310; 14 of January 336 and 14/31 of 310."""
    period = period_of(date(2026, 1, 1), 15)
    calendar = calendar_of(period.first, period.end)
    energy = EnergyRates(
        periods=(tiered("Energy", ("0.10", 310), ("0.20", None)),),
        schedule=Schedule.always(),
        tiers_by=TiersBy.MONTH,
    )
    made = bill(tariff_of(Rates(since=LONG_AGO, energy=energy)), period, calendar, steady(calendar))
    assert amounts(made) == {
        "Energy, tier 1": Decimal("31.00"),
        "Energy, tier 2": Decimal("86.80"),
    }


def test_rates_that_change_within_a_bill_each_price_their_own_days() -> None:
    """Ten days of June at 0.10, twenty at 0.20; a third and two thirds of what is by the month."""
    period = period_of(date(2025, 6, 1), 1)
    calendar = calendar_of(period.first, period.end)
    demand = DemandCharge(periods=demands(("Demand", "3")), schedule=Schedule.always())
    tariff = tariff_of(
        Rates(
            since=LONG_AGO,
            energy=flat("0.10"),
            fixed=(FixedCharge("Grid", Decimal(9)),),
            demand=(demand,),
        ),
        Rates(
            since=date(2025, 6, 11),
            energy=flat("0.20"),
            fixed=(FixedCharge("Grid", Decimal(12)),),
            demand=(demand,),
        ),
    )
    made = bill(tariff, period, calendar, steady(calendar))
    assert amounts(made) == {"Energy": 120, "Demand": 3, "Grid": 11}
    energy, demand_line, grid = made.lines
    assert [energy.quantity, energy.price] == [720, None]
    assert [demand_line.quantity, demand_line.price] == [1, 3]
    assert [grid.quantity, grid.unit] == [1, "months"]


def test_a_minimum_tops_up_and_taxes_come_after_it() -> None:
    """24 kWh at 0.25 and an adjustment of 0.05 are 7.20; 10 at least; 5 % of all, 2 % of energy."""
    first = date(2025, 6, 1)
    calendar = calendar_of(first, date(2025, 6, 2))
    rates = Rates(
        since=LONG_AGO,
        energy=flat("0.25"),
        adjustments=(Adjustment("Fuel", Decimal("0.05")),),
        minimum=MinimumBill("Minimum", Decimal(10), By.DAY),
        percentages=(
            Percentage("State tax", Decimal(5)),
            Percentage("City tax", Decimal(2), frozenset({LineKind.ENERGY})),
        ),
    )
    made = bill(tariff_of(rates), Period.whole(first, date(2025, 6, 2)), calendar, steady(calendar))
    assert amounts(made) == {
        "Energy": 6,
        "Fuel": Decimal("1.20"),
        "Minimum": Decimal("2.80"),
        "State tax": Decimal("0.50"),
        "City tax": Decimal("0.12"),
    }
    assert made.total.amount == Decimal("10.62")


def test_a_tariff_dated_last_year_prices_the_months_that_are_over() -> None:
    period = period_of(date(2024, 11, 5), 1)
    calendar = calendar_of(period.first, period.end)
    before = tariff_of(Rates(since=date(2025, 6, 1), energy=flat("0.30")))
    dated = tariff_of(
        Rates(since=date(2024, 6, 1), energy=flat("0.10")),
        Rates(since=date(2025, 6, 1), energy=flat("0.30")),
    )
    untold = bill(before, period, calendar, steady(calendar))
    assert [untold.lines, untold.priced_days, untold.coverage] == [(), 0, 0]
    told = bill(dated, period, calendar, steady(calendar))
    assert [told.total.amount, told.priced_days, told.coverage] == [72, 30, 1]


def test_days_before_the_first_rates_have_no_price_and_are_not_covered() -> None:
    period = period_of(date(2025, 6, 1), 1)
    calendar = calendar_of(period.first, period.end)
    made = bill(
        tariff_of(Rates(since=date(2025, 6, 16), energy=flat("1"))),
        period,
        calendar,
        steady(calendar),
    )
    assert [made.total.amount, made.priced_days, made.coverage] == [360, 15, 0.5]
