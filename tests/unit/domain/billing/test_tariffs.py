from datetime import date
from decimal import Decimal

import pytest

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.charges import Adjustment, FixedCharge, MinimumBill, Percentage
from domain.billing.tariffs.demand import DemandCharge, DemandPeriod, DemandTier
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, Tier
from domain.billing.tariffs.exports import ExportPeriod, NetBilling, NetMetering
from domain.billing.tariffs.holidays import HolidayRule
from domain.billing.tariffs.lines import LineKind
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates, Tariff
from tests.unit.domain.billing.made import LONG_AGO, USD, flat, tariff_of, tiered
from tests.unit.domain.billing.published import hours

ONE = Decimal(1)
RATES = Rates(since=LONG_AGO, energy=flat())
TWICE = (EnergyPeriod.flat("A", ONE), EnergyPeriod.flat("A", ONE))

WRONG = [
    (lambda: FixedCharge("", ONE), "fixed.name: give 1 to 80"),
    (lambda: FixedCharge("a\nb", ONE), "printed"),
    (lambda: FixedCharge("A", Decimal("NaN")), "fixed.amount: write a number up to 1,000,000,000"),
    (lambda: FixedCharge("A", Decimal("Infinity")), "write a number"),
    (lambda: FixedCharge("A", Decimal("1e10")), "write a number"),
    (lambda: FixedCharge("A", Decimal("0.123456789")), "with 8 decimals at most"),
    (lambda: MinimumBill("A", Decimal(-1)), "can't be negative"),
    (lambda: Adjustment("A", Decimal("sNaN")), "adjustments.price"),
    (lambda: Percentage("A", Decimal(101)), "-100 to 100 per cent"),
    (lambda: Percentage("A", ONE, frozenset()), "on some of adjustment, credit, demand"),
    (lambda: Percentage("A", ONE, frozenset({LineKind.PERCENTAGE})), "on some of"),
    (lambda: Tier(ONE, Decimal(0)), "upToKwh: a limit is more than 0"),
    (lambda: tiered("A"), "tiers: give 1 to 12"),
    (lambda: tiered("A", ("1", 100)), "only the last has none"),
    (lambda: tiered("A", ("1", None), ("1", None)), "only the last has none"),
    (lambda: tiered("A", ("1", 200), ("1", 100), ("1", None)), "higher limit"),
    (lambda: DemandTier(ONE, Decimal(-3)), "upToKw: a limit"),
    (lambda: DemandPeriod("A", (DemandTier(ONE, ONE),)), "upToKw"),
    (lambda: EnergyRates(periods=(), schedule=Schedule.always()), "energy.periods: give 1"),
    (lambda: EnergyRates(periods=TWICE, schedule=Schedule.always()), "a name of its own"),
    (
        lambda: EnergyRates(periods=TWICE[:1], schedule=Schedule.by_month([0] * 11 + [1])),
        "energy: the schedule names period 1, but there are only 1",
    ),
    (
        lambda: DemandCharge(
            periods=(DemandPeriod.flat("A", ONE),), schedule=Schedule.by_month([2] * 12)
        ),
        "demand: the schedule names period 2",
    ),
    (
        lambda: NetBilling(periods=(ExportPeriod("A", ONE),), schedule=Schedule.by_month([1] * 12)),
        "export: the schedule names period 1",
    ),
    (lambda: NetMetering(name="A", settles_in=13), "export.settlesIn"),
    (lambda: NetMetering(name="A", excess_price=Decimal("1e12")), "export.excessPrice"),
    (lambda: Schedule.of(weekday=[hours(0)] * 11), "12 months of 24 hours"),
    (lambda: Schedule.of(weekday=[[0] * 23] * 12), "12 months of 24 hours"),
    (lambda: Schedule.of(weekday=[hours(64)] * 12), "from 0 to 63"),
    (lambda: Schedule.of(weekday=[hours(-1)] * 12), "from 0 to 63"),
    (lambda: Schedule(((),) * 7), "12 months of 24 hours"),
    (lambda: Schedule(((),) * 8), "12 months of 24 hours"),
    (lambda: HolidayRule(country="usa"), "holidays.country: write two capitals"),
    (lambda: HolidayRule(country="US", subdivision="california"), "holidays.subdivision"),
    (lambda: HolidayRule(names=frozenset({""})), "holidays.names: give 1 to 80"),
    (lambda: HolidayRule(names=frozenset(map(str, range(41)))), "holidays.names: give 0 to 40"),
    (lambda: tariff_of(), "rates: give 1 to 60"),
    (lambda: tariff_of(RATES, RATES), "rates: each begins"),
    (lambda: tariff_of(RATES, billing_day=32), "billingDay"),
    (lambda: Rates(since=LONG_AGO, energy=flat(), fixed=(FixedCharge("A", ONE),) * 25), "fixed"),
    (lambda: Tariff(name=" " * 81, currency=USD, rates=(RATES,)), "name: give 1 to 80"),
]


@pytest.mark.parametrize(("make", "sentence"), WRONG, ids=range(len(WRONG)))
def test_a_tariff_that_breaks_a_rule_is_told_which(make, sentence) -> None:
    with pytest.raises(TariffUnacceptable, match=sentence):
        make()


def test_holidays_are_chosen_by_part_of_their_name() -> None:
    rule = HolidayRule(country="US", names=frozenset({"independence", "Labor"}))
    assert rule.leaves("Independence Day (observed)")
    assert not rule.leaves("Columbus Day")
    assert HolidayRule(country="US").leaves("Columbus Day")


def test_a_schedule_knows_in_which_months_a_period_comes() -> None:
    schedule = Schedule.of(
        weekday=[hours(0)] * 12, holiday=[hours(0)] * 6 + [hours(1)] + [hours(0)] * 5
    )
    assert schedule.months_with(1) == {7}
    assert schedule.months_with(0) == set(range(1, 13))
    assert schedule.months_with(2) == frozenset()


def test_rates_before_the_first_day_are_none() -> None:
    assert tariff_of(RATES).rates[0].since == date(2000, 1, 1)
