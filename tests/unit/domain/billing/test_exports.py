from datetime import date
from decimal import Decimal

import pytest

from domain.billing.periods import periods_between
from domain.billing.pricing.metered import Metered, MeteredHour
from domain.billing.pricing.price import price_in_turn
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates
from domain.billing.tariffs.exports import NetBilling, NetMetering
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    amounts,
    bill,
    calendar_of,
    flat,
    tariff_of,
)

QUARTER = calendar_of(date(2025, 1, 1), date(2025, 4, 1))
PERIODS = list(periods_between(QUARTER.first, QUARTER.end, 1))
DAY_AND_NIGHT = EnergyRates(
    periods=(EnergyPeriod.flat("Day", Decimal("0.2")), EnergyPeriod.flat("Night", Decimal("0.1"))),
    schedule=Schedule.of(weekday=[[1] * 6 + [0] * 18] * 12),
)


def _home(*told: tuple[date, int, int, int]) -> Metered:
    """Hours of which so many kWh were taken and given, all others nothing."""
    hours = {
        at: MeteredHour(start=at, imported=0) for at in range(QUARTER.start, QUARTER.after, 3600)
    }
    for day, hour, taken, given in told:
        at = QUARTER.midnight(day) + hour * 3600
        hours[at] = MeteredHour(start=at, imported=taken * KWH, exported=given * KWH)
    return Metered.of_hours(hours.values(), start=QUARTER.start, end=QUARTER.after)


HOME = _home(
    (date(2025, 1, 5), 12, 10, 30),
    (date(2025, 1, 6), 2, 8, 0),
    (date(2025, 2, 5), 12, 15, 0),
    (date(2025, 3, 5), 12, 40, 10),
)


def _in_turn(
    energy: EnergyRates, export: NetMetering | NetBilling | None
) -> list[dict[str, float]]:
    tariff = tariff_of(Rates(since=LONG_AGO, energy=energy, export=export))
    priced = price_in_turn(tariff, PERIODS, calendar=QUARTER, metered=HOME, until=QUARTER.after)
    return [
        {charge.name: round(float(charge.amount), 6) for charge in each.charges} for each in priced
    ]


def test_what_is_given_is_worth_nothing_where_no_rule_says_so() -> None:
    assert _in_turn(flat("0.1"), None) == [{"Energy": 1.8}, {"Energy": 1.5}, {"Energy": 4.0}]


def test_net_billing_pays_for_all_that_is_given() -> None:
    assert _in_turn(flat("0.1"), NetBilling.at("Given", Decimal("0.04"))) == [
        {"Energy": 1.8, "Given": -1.2},
        {"Energy": 1.5, "Given": 0},
        {"Energy": 4.0, "Given": -0.4},
    ]


def test_net_metering_carries_what_is_over_to_the_next_bill() -> None:
    """12 kWh are over in January; February takes 15, so that 3 are paid for."""
    assert _in_turn(flat("0.1"), NetMetering(name="Credit")) == [
        {"Energy": 0},
        {"Energy": 0.3},
        {"Energy": 3.0},
    ]


def test_what_is_over_by_day_does_not_pay_for_the_night() -> None:
    assert _in_turn(DAY_AND_NIGHT, NetMetering(name="Credit")) == [
        {"Day": 0, "Night": 0.8},
        {"Day": 0, "Night": 0},
        {"Day": 5.0, "Night": 0},
    ]


def test_net_metering_may_pay_for_what_is_over_at_once() -> None:
    export = NetMetering(name="Credit", excess_price=Decimal("0.03"))
    assert _in_turn(DAY_AND_NIGHT, export) == [
        {"Day": 0, "Night": 0.8, "Credit": -0.6},
        {"Day": 3.0, "Night": 0},
        {"Day": 6.0, "Night": 0},
    ]


def test_a_month_may_settle_what_was_carried() -> None:
    export = NetMetering(name="Credit", settles_in=1, settle_price=Decimal("0.02"))
    assert _in_turn(flat("0.1"), export) == [
        {"Energy": 0, "Credit": -0.24},
        {"Energy": 1.5},
        {"Energy": 3.0},
    ]


def test_a_bill_says_what_it_carries() -> None:
    tariff = tariff_of(Rates(since=LONG_AGO, energy=flat("0.1"), export=NetMetering(name="Credit")))
    made = bill(tariff, PERIODS[0], QUARTER, HOME, carried={"Energy": 5 * KWH})
    assert made.carried == 17
    assert [made.imported, made.exported] == [18, 30]


def test_a_bill_may_be_to_the_customers_credit() -> None:
    tariff = tariff_of(
        Rates(since=LONG_AGO, energy=flat("0.1"), export=NetBilling.at("Given", Decimal("0.2")))
    )
    made = bill(tariff, PERIODS[0], QUARTER, HOME)
    assert made.total.amount == Decimal("-4.20")
    assert amounts(made)["Given"] == -6


@pytest.mark.parametrize(("netted", "share"), [(False, 0), (True, 1)])
def test_a_bill_says_where_only_nets_are_known(netted, share) -> None:
    hours = [
        MeteredHour(start=at, imported=KWH, netted=netted)
        for at in range(QUARTER.start, QUARTER.after, 3600)
    ]
    home = Metered.of_hours(hours, start=QUARTER.start, end=QUARTER.after)
    made = bill(tariff_of(Rates(since=LONG_AGO, energy=flat())), PERIODS[0], QUARTER, home)
    assert made.netted == share
