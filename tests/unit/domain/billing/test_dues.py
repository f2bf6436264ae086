"""What is due is put together once for all that it is for, however many lines a tariff has."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from domain.billing.bills.cells import Cell, Owed
from domain.billing.periods import Period
from domain.billing.tariffs.charges import TAXABLE, Adjustment, FixedCharge, Percentage
from domain.billing.tariffs.energy import EnergyRates, LimitsPer, TiersBy
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    LONG_AGO,
    calendar_of,
    priced_of,
    steady,
    tariff_of,
    tiered,
)

FIRST, END = date(2025, 6, 1), date(2025, 7, 1)
CALENDAR = calendar_of(FIRST, END)
HOURLY = EnergyRates(
    periods=tuple(tiered(f"At {hour}", ("0.10", 10), ("0.20", None)) for hour in range(24)),
    schedule=Schedule.of(weekday=[list(range(24))] * 12),
    tiers_by=TiersBy.MONTH,
    limits_per=LimitsPer.DAY,
)
RATES = Rates(
    since=LONG_AGO,
    energy=HOURLY,
    adjustments=tuple(Adjustment(f"Fuel {place}", Decimal("0.01")) for place in range(24)),
    fixed=tuple(FixedCharge(f"Grid {place}", Decimal(1)) for place in range(24)),
    percentages=tuple(Percentage(f"Tax {each}", Decimal(1), TAXABLE) for each in range(24)),
)


def test_a_tax_of_many_lines_is_for_as_much_as_the_lines_are_for() -> None:
    """24 times of use and the time that has begun, not all of 1,000 pieces of lines."""
    priced = priced_of(tariff_of(RATES), Period.whole(FIRST, END), CALENDAR, steady(CALENDAR))
    assert sum(len(charge.pieces or ()) for charge in priced.charges) < 24 * 25 * 2 + 24 * 3
    assert len(Owed(priced).dues) == 25
    energy = 300 * Fraction("0.10") + 420 * Fraction("0.20")
    assert priced.amount == (energy + 24 * 720 * Fraction("0.01") + 24) * Fraction("1.24")


def test_an_hour_has_a_part_of_its_time_of_use_and_of_the_time_alone() -> None:
    owed = Owed(priced_of(tariff_of(RATES), Period.whole(FIRST, END), CALENDAR, steady(CALENDAR)))
    cell = Cell(owed, 5, 6)
    assert sorted(cell.parts.values()) == [Fraction(1, 720), Fraction(1, 30)]
    assert cell.amount == sum(
        (cell.amount_of(dues) for dues in owed.lines.values() if dues is not None), Fraction()
    )
