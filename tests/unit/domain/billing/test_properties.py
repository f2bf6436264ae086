"""What holds of every bill, whatever the tariff and whatever was metered."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from domain.billing.bills.bill import bill_of
from domain.billing.bills.rows import RowsBy, Split, rows_of
from domain.billing.bills.shares import Circuit, Shares
from domain.billing.money import rounded
from domain.billing.periods import Period, period_of, periods_between
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.price import price_in_turn
from domain.billing.tariffs.charges import By, FixedCharge, Percentage
from domain.billing.tariffs.exports import NetBilling
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.archive.readings import REPEATABLE
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    NEW_YORK,
    USD,
    calendar_of,
    priced_of,
    random_home,
    tariff_of,
)
from tests.unit.domain.billing.published import PGE_ENERGY, PUBLISHED, WITH_SUN

ALL = {**PUBLISHED, **WITH_SUN}
NAMES = some.sampled_from(sorted(ALL))
TAX = (Percentage("Tax", Decimal("7.3")),)
DAYS = some.dates(date(2024, 1, 1), date(2026, 1, 1))
SEEDS = some.integers(0, 1000)


def _circuits(home: Metered, calendar, seed: int) -> list[Circuit]:
    """Three that take more than the home in some hours, and one whose quarters are not held."""
    made = [
        random_home(calendar, seed * 7 + number, most=KWH // 3 * number, least=-KWH // 10)
        for number in (1, 2, 3)
    ]
    if seed % 2:
        made[0] = replace(made[0], held=bytes(home.count))
    return [Circuit(key=f"1:{number}", metered=each) for number, each in enumerate(made, start=1)]


@REPEATABLE
@given(NAMES, DAYS, some.integers(1, 31), SEEDS)
def test_lines_and_circuits_add_up_to_the_bill(name, day, billing_day, seed) -> None:
    period = period_of(day, billing_day)
    calendar = calendar_of(period.first, period.end, NEW_YORK)
    home = random_home(calendar, seed, most=KWH, least=-KWH // 3)
    tariff = tariff_of(replace(ALL[name], percentages=TAX))
    priced = priced_of(tariff, period, calendar, home)
    bill = bill_of(priced, USD)
    assert sum(line.amount or 0 for line in bill.lines) == bill.total.amount
    assert bill.total.amount == rounded(priced.amount, 2)
    shares = Shares(home, _circuits(home, calendar, seed))
    for split in (Split.CIRCUIT, Split.LINE):
        (row,) = rows_of([priced], by=RowsBy.BILL, split=split, shares=shares, currency=USD)
        assert row.amount == bill.total.amount
        assert sum(part.amount or 0 for part in row.parts) == row.amount
    (row,) = rows_of([priced], by=RowsBy.BILL, split=Split.CIRCUIT, shares=shares, currency=USD)
    assert sum(part.millijoules or 0 for part in row.parts) == row.imported
    assert all((part.millijoules or 0) >= 0 for part in row.parts)


@REPEATABLE
@given(NAMES, some.sampled_from(sorted(RowsBy)), some.sampled_from(sorted(Split)), SEEDS)
def test_rows_of_any_width_add_up_to_the_bills(name, by, split, seed) -> None:
    first, end = date(2025, 2, 15), date(2025, 4, 15)
    calendar = calendar_of(first, end, NEW_YORK)
    home = random_home(calendar, seed, least=-KWH // 3)
    bills = list(
        price_in_turn(
            tariff_of(replace(ALL[name], percentages=TAX)),
            periods_between(first, end, 15),
            calendar=calendar,
            metered=home,
            until=calendar.after,
        )
    )
    shares = Shares(home, _circuits(home, calendar, seed))
    rows = list(rows_of(bills, by=by, split=split, shares=shares, currency=USD))
    decimals = 2 if by is RowsBy.BILL else 6
    off = abs(
        sum((Fraction(row.amount or 0) for row in rows), Fraction())
        - sum((each.amount for each in bills), Fraction())
    )
    assert off <= Fraction(len(rows), 2 * 10**decimals)
    assert sum(row.imported for row in rows) == sum(home.imported)
    assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
    for row in rows:
        assert not row.parts or sum(part.amount or 0 for part in row.parts) == row.amount


@REPEATABLE
@given(some.dates(date(2025, 10, 2), date(2025, 11, 30)), SEEDS)
def test_a_period_priced_in_parts_costs_what_the_whole_does(cut, seed) -> None:
    """Where nothing is counted over the whole bill: no tiers, no demand, no minimum."""
    first, end = date(2025, 10, 1), date(2025, 12, 1)
    calendar = calendar_of(first, end, NEW_YORK)
    home = random_home(calendar, seed, least=-KWH // 3)
    whole = Period.whole(first, end)
    tariff = tariff_of(
        Rates(
            since=LONG_AGO,
            energy=PGE_ENERGY,
            fixed=(FixedCharge("Grid", Decimal(30)), FixedCharge("Meter", Decimal("0.3"), By.DAY)),
            export=NetBilling.at("Given", Decimal("0.04")),
            percentages=TAX,
        )
    )
    parts = [whole.part(first, cut), whole.part(cut, end)]
    assert sum(priced_of(tariff, part, calendar, home).amount for part in parts) == (
        priced_of(tariff, whole, calendar, home).amount
    )


@REPEATABLE
@given(DAYS, SEEDS)
def test_the_day_clocks_change_has_all_its_hours(day, seed) -> None:
    end = day + timedelta(days=1)
    calendar = calendar_of(day, end, NEW_YORK)
    home = random_home(calendar, seed)
    priced = priced_of(tariff_of(ALL["flat"]), Period.whole(day, end), calendar, home)
    hours = {
        date(2024, 3, 10): 23,
        date(2024, 11, 3): 25,
        date(2025, 3, 9): 23,
        date(2025, 11, 2): 25,
    }
    assert calendar.count == hours.get(day, 24)
    assert priced.amount == Fraction("0.1342") * sum(home.imported) / KWH
