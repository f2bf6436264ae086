"""How circuits share a bill, worked out with a pencil."""

from array import array
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.billing.bills.rows import RowPart, RowsBy, Split, rows_of
from domain.billing.bills.shares import Circuit, Shares
from domain.billing.periods import Period
from domain.billing.pricing.metered import Metered
from domain.billing.tariffs.charges import FixedCharge
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.exports import NetBilling
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    USD,
    calendar_of,
    flat,
    metered_of,
    priced_of,
    steady,
    tariff_of,
)
from tests.unit.domain.billing.published import demands

DAY = Period.whole(date(2025, 6, 1), date(2025, 6, 2))
CALENDAR = calendar_of(DAY.first, DAY.end)
DEMAND = DemandCharge(periods=demands(("Demand", "8")), schedule=Schedule.always())


def _split(rates: Rates, home: Metered, *circuits: Metered) -> list[RowPart]:
    priced = priced_of(tariff_of(rates), DAY, CALENDAR, home)
    named = [Circuit(key=f"c{place}", metered=each) for place, each in enumerate(circuits)]
    (row,) = rows_of(
        [priced],
        by=RowsBy.BILL,
        split=Split.CIRCUIT,
        shares=Shares(home, named),
        currency=USD,
    )
    return list(row.parts)


def _amounts(parts: list[RowPart]) -> list[Decimal | None]:
    return [part.amount for part in parts]


def test_energy_and_fixed_lines_are_shared_by_kwh_and_the_rest_is_nobodys() -> None:
    """24 kWh at 0.50 and 6 fixed: a half, a quarter, and a quarter that no circuit used."""
    rates = Rates(since=LONG_AGO, energy=flat("0.50"), fixed=(FixedCharge("Grid", Decimal(6)),))
    parts = _split(
        rates,
        steady(CALENDAR),
        steady(CALENDAR, Decimal("0.5")),
        steady(CALENDAR, Decimal("0.25")),
    )
    assert [(part.key, part.amount, (part.millijoules or 0) / KWH) for part in parts] == [
        ("c0", Decimal("9.00"), 12),
        ("c1", Decimal("4.50"), 6),
        (None, Decimal("4.50"), 6),
    ]


def test_what_nothing_is_known_of_has_no_share_rather_than_none_of_it() -> None:
    rates = Rates(since=LONG_AGO, energy=flat("1"))
    unknown = Metered.nothing(CALENDAR.start, 24)
    known, nothing, rest = _split(rates, steady(CALENDAR), steady(CALENDAR), unknown)
    assert (known.amount, known.known_seconds) == (Decimal(24), 86_400)
    assert (nothing.amount, nothing.millijoules, nothing.known_seconds) == (None, None, 0)
    assert (rest.amount, rest.millijoules, rest.known_seconds) == (Decimal(), 0, None)


def test_circuits_that_use_more_than_was_taken_share_it_in_proportion() -> None:
    """Under the sun: three and one kilowatts used, one taken."""
    rates = Rates(since=LONG_AGO, energy=flat("1"))
    parts = _split(rates, steady(CALENDAR), steady(CALENDAR, 3), steady(CALENDAR))
    assert _amounts(parts) == [18, 6, 0]


def test_credits_for_what_was_given_are_no_circuits() -> None:
    rates = Rates(since=LONG_AGO, energy=flat("1"), export=NetBilling.at("Given", Decimal("0.5")))
    home = metered_of(CALENDAR, array("q", [KWH, -KWH, 0, 0] * 24))
    parts = _split(rates, home, steady(CALENDAR, Decimal("0.5")))
    assert _amounts(parts) == [12, 0]


def _peaking(peak: int, steadily: Decimal | int) -> Metered:
    """More in the second quarter of noon."""
    metered = steady(CALENDAR, steadily)
    metered.quarters[12 * 4 + 1] = peak * KWH // 4
    return metered


@pytest.mark.parametrize(
    ("first", "second", "shares"), [(3, 1, [24, 8, 0]), (2, 1, [16, 8, 8]), (6, 2, [24, 8, 0])]
)
def test_a_demand_is_shared_by_what_each_took_in_its_quarter_hour(first, second, shares) -> None:
    """Four kilowatts at 8: whoever took how much else does not matter."""
    rates = Rates(since=LONG_AGO, energy=flat("0"), demand=(DEMAND,))
    parts = _split(
        rates,
        _peaking(4, 1),
        _peaking(first, Decimal("0.1")),
        _peaking(second, Decimal("0.8")),
    )
    assert _amounts(parts) == shares


def test_a_demand_is_shared_by_its_hour_where_a_circuits_quarters_are_not_held() -> None:
    rates = Rates(since=LONG_AGO, energy=flat("0"), demand=(DEMAND,))
    blind = replace(_peaking(3, Decimal("0.25")), held=bytes(CALENDAR.count))
    parts = _split(rates, _peaking(4, 1), blind, _peaking(1, Decimal("0.5")))
    assert _amounts(parts) == [8, 16, 8]


def test_a_demand_of_nothing_is_nobodys() -> None:
    rates = Rates(since=LONG_AGO, energy=flat("0"), demand=(DEMAND,))
    assert _amounts(_split(rates, steady(CALENDAR, 0), steady(CALENDAR, 0))) == [0, 0]


def test_a_home_that_took_nothing_has_a_rest_alone() -> None:
    rates = Rates(since=LONG_AGO, energy=flat("1"), fixed=(FixedCharge("Grid", Decimal(6)),))
    assert _amounts(_split(rates, steady(CALENDAR, 0), steady(CALENDAR, 1))) == [0, 6]


def test_a_line_that_cannot_be_told_has_no_amount_in_any_row() -> None:
    rates = Rates(since=LONG_AGO, energy=flat("1"), demand=(DEMAND,))
    home = replace(steady(CALENDAR), held=bytes(CALENDAR.count))
    priced = priced_of(tariff_of(rates), DAY, CALENDAR, home)
    rows = list(
        rows_of([priced], by=RowsBy.HOUR, split=Split.LINE, shares=Shares(home, ()), currency=USD)
    )
    assert len(rows) == CALENDAR.count
    for row in rows:
        assert [(part.key, part.amount) for part in row.parts] == [("Energy", 1), ("Demand", None)]
