"""What the next kilowatt-hour costs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.billing.periods import period_of
from domain.billing.pricing.price_now import price_now
from domain.billing.tariffs.charges import Adjustment, Percentage
from domain.billing.tariffs.energy import EnergyRates, LimitsPer, TiersBy
from domain.billing.tariffs.exports import NetMetering
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    LONG_AGO,
    NEW_YORK,
    calendar_of,
    flat,
    steady,
    tariff_of,
    tiered,
)
from tests.unit.domain.billing.published import hours, prices

JUNE = period_of(date(2025, 6, 1), 1)
CALENDAR = calendar_of(JUNE.first, JUNE.end, NEW_YORK, holidays=[date(2025, 6, 19)])
TIMES = EnergyRates(
    periods=prices(("Off-peak", "0.10"), ("Peak", "0.40")),
    schedule=Schedule.of(
        weekday=[hours(0, (16, 21, 1))] * 12,
        weekend=[hours(0)] * 12,
        holiday=[hours(0)] * 12,
    ),
)
TIERS = EnergyRates(
    periods=(tiered("Energy", ("0.10", 240), ("0.20", 480), ("0.30", None)),),
    schedule=Schedule.always(),
)
"""One kilowatt all the time reaches a limit after ten days, and the next after twenty."""


def at(day: int, hour: int = 0) -> int:
    """A local hour of June, in seconds since 1970."""
    return CALENDAR.midnight(date(2025, 6, day)) + hour * 3600


def told(*rates: Rates, now: int, kilowatts: int = 1):
    home = steady(CALENDAR, kilowatts)
    known = home.over(CALENDAR.start, now - now % 3600).over(CALENDAR.start, CALENDAR.after)
    price = price_now(tariff_of(*rates), JUNE, calendar=CALENDAR, metered=known, now=now)
    return None if price is None else (price.per_kwh, price.line)


def of(energy: EnergyRates, **rules) -> Rates:
    return Rates(since=LONG_AGO, energy=energy, **rules)


def test_a_flat_price_holds_whenever() -> None:
    assert told(of(flat("0.20")), now=at(3, 17)) == (Decimal("0.20"), "Energy")


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (at(3, 16) - 1, "Off-peak"),
        (at(3, 16), "Peak"),
        (at(3, 21) - 1, "Peak"),
        (at(3, 21), "Off-peak"),
        (at(7, 17), "Off-peak"),
        (at(19, 17), "Off-peak"),
    ],
)
def test_of_times_of_use_the_one_that_it_is_has_the_price(now, line) -> None:
    price = {"Off-peak": Decimal("0.10"), "Peak": Decimal("0.40")}[line]
    assert told(of(TIMES), now=now) == (price, line)


@pytest.mark.parametrize(
    ("now", "told_price"),
    [
        (at(10, 23), (Decimal("0.10"), "Energy, tier 1")),
        (at(11), (Decimal("0.20"), "Energy, tier 2")),
        (at(20, 23), (Decimal("0.20"), "Energy, tier 2")),
        (at(21), (Decimal("0.30"), "Energy, tier 3")),
    ],
)
def test_of_tiers_it_is_the_one_that_the_bill_has_reached(now, told_price) -> None:
    assert told(of(TIERS), now=now) == told_price


def test_limits_for_each_day_are_those_of_all_days_of_the_bill() -> None:
    daily = replace(
        TIERS, periods=(tiered("Energy", ("0.10", 8), ("0.20", None)),), limits_per=LimitsPer.DAY
    )
    assert told(of(daily), now=at(10, 23)) == (Decimal("0.10"), "Energy, tier 1")
    assert told(of(daily), now=at(11)) == (Decimal("0.20"), "Energy, tier 2")


def test_tiers_of_calendar_months_count_from_the_first() -> None:
    period = period_of(date(2025, 6, 1), 15)
    calendar = calendar_of(period.first, period.end, NEW_YORK)
    tariff = tariff_of(of(replace(TIERS, tiers_by=TiersBy.MONTH)))

    def line(day: date) -> str | None:
        now = calendar.midnight(day)
        known = steady(calendar).over(calendar.start, now).over(calendar.start, calendar.after)
        price = price_now(tariff, period, calendar=calendar, metered=known, now=now)
        return None if price is None else price.line

    assert line(date(2025, 5, 31)) == "Energy, tier 3"
    assert line(date(2025, 6, 1)) == "Energy, tier 1"


def test_adjustments_are_in_the_price_and_taxes_are_not() -> None:
    rates = of(
        flat("0.20"),
        adjustments=(Adjustment("Fuel", Decimal("0.03")), Adjustment("Credit", Decimal("-0.01"))),
        percentages=(Percentage("Tax", Decimal(10)),),
    )
    assert told(rates, now=at(3)) == (Decimal("0.22"), "Energy")


def test_where_rates_change_within_a_bill_those_of_today_have_the_price() -> None:
    """A third of the days has tiers that are a third as wide."""
    later = Rates(since=date(2025, 6, 11), energy=flat("0.50"))
    assert told(of(TIERS), later, now=at(11) - 1) == (Decimal("0.30"), "Energy, tier 3")
    assert told(of(TIERS), later, now=at(11)) == (Decimal("0.50"), "Energy")


def test_tiers_after_a_change_of_rates_begin_with_what_net_metering_carried() -> None:
    """Ten days give 240 kWh; the next five take 120 of them back, and pay for nothing."""
    net = NetMetering(name="Net metering")
    rates = of(flat("0.50"), export=net)
    later = Rates(since=date(2025, 6, 11), energy=TIERS, export=net)
    home = steady(CALENDAR, -1)
    for place in range(CALENDAR.place(date(2025, 6, 11)), CALENDAR.count):
        home.imported[place], home.exported[place] = home.exported[place], 0
    now = CALENDAR.midnight(date(2025, 6, 16))
    home = home.over(CALENDAR.start, now).over(CALENDAR.start, CALENDAR.after)
    price = price_now(tariff_of(rates, later), JUNE, calendar=CALENDAR, metered=home, now=now)
    assert price is not None
    assert price.line == "Energy, tier 1"


def test_before_any_rates_there_is_no_price() -> None:
    later = Rates(since=date(2025, 6, 11), energy=flat())
    assert told(later, now=at(10)) is None
    never = Rates(since=JUNE.end + timedelta(days=1), energy=flat())
    assert told(never, now=at(10)) is None
