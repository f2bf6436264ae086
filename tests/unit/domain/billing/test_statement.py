"""What some circuits owe, worked out with a pencil, and always to the coin."""

from array import array
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.billing.bills import statement as statement_module
from domain.billing.bills.costs import Plan
from domain.billing.bills.statement import Statement, statement_of
from domain.billing.bills.statement_days import StatementDays
from domain.billing.money import rounded
from domain.billing.periods import Period, periods_between
from domain.billing.pricing.metered import Metered
from domain.billing.tariffs.charges import FixedCharge, Percentage
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.exports import NetBilling
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from domain.errors import InvalidInput
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    PHOENIX,
    calendar_of,
    flat,
    random_home,
    steady,
    tariff_of,
)
from tests.unit.domain.billing.published import demands

FIRST, END = date(2025, 6, 1), date(2025, 7, 1)
CALENDAR = calendar_of(FIRST, END)
JUNE = Plan(zone=PHOENIX, first=FIRST, end=END, periods=(Period.whole(FIRST, END),), before=0)
DEMAND = DemandCharge(periods=demands(("Demand", "8")), schedule=Schedule.always())
FLAT = Rates(since=LONG_AGO, energy=flat("0.50"), fixed=(FixedCharge("Grid", Decimal(30)),))


def told(
    rates: Rates,
    home: Metered,
    *circuits: Metered,
    wanted: tuple[str, ...] = ("c0",),
    days: tuple[date, date] = (FIRST, END),
    plan: Plan = JUNE,
    now: int = CALENDAR.after,
) -> Statement:
    return statement_of(
        tariff_of(rates),
        plan,
        days,
        holidays=frozenset(),
        home=home,
        circuits=[(f"c{place}", each) for place, each in enumerate(circuits)],
        wanted=wanted,
        now=now,
    )


def test_a_circuit_owes_its_share_of_every_line():
    """720 kWh at 0.50 and 30 fixed; a quarter of it is this circuit's, and a tenth another's."""
    statement = told(
        FLAT,
        steady(CALENDAR),
        steady(CALENDAR, Decimal("0.25")),
        steady(CALENDAR, Decimal("0.1")),
        wanted=("c1", "c0"),
    )
    assert [(line.name, line.amount) for line in statement.lines] == [
        ("Energy", Decimal("126.00")),
        ("Grid", Decimal("10.50")),
    ]
    assert [
        (each.key, each.millijoules / KWH, each.amount, each.shares, each.coverage)
        for each in statement.circuits
    ] == [
        ("c1", 72, Decimal("39.00"), (Decimal("36.00"), Decimal("3.00")), 1),
        ("c0", 180, Decimal("97.50"), (Decimal("90.00"), Decimal("7.50")), 1),
    ]
    assert statement.total == Decimal("136.50")
    assert statement.millijoules == 252 * KWH
    assert (statement.home_amount, statement.home_millijoules) == (Decimal("390.00"), 720 * KWH)
    assert (statement.coverage, statement.netted) == (1, 0)
    assert (statement.start, statement.after) == (CALENDAR.start, CALENDAR.after)


def test_what_circuits_share_under_the_sun_is_shared_with_those_not_asked_for():
    """Three and one kilowatts used, one taken: the first has three quarters of it."""
    statement = told(FLAT, steady(CALENDAR), steady(CALENDAR, 3), steady(CALENDAR))
    assert statement.circuits[0].millijoules == 540 * KWH
    assert statement.total == Decimal("292.50")


def test_some_days_have_their_part_of_what_is_fixed():
    days = date(2025, 6, 11), date(2025, 6, 21)
    statement = told(FLAT, steady(CALENDAR), steady(CALENDAR), days=days)
    assert [line.amount for line in statement.lines] == [Decimal("120.00"), Decimal("10.00")]


def test_days_of_two_bills_have_parts_of_both():
    """Bills begin on the 15th: what is fixed is that of half a bill and of half another."""
    first, end = date(2025, 5, 15), date(2025, 7, 15)
    calendar = calendar_of(first, end)
    plan = Plan(
        zone=PHOENIX,
        first=first,
        end=end,
        periods=tuple(periods_between(first, end, 15)),
        before=0,
    )
    home = steady(calendar)
    statement = told(FLAT, home, home, plan=plan, now=calendar.after)
    energy, grid = statement.lines
    assert energy.amount == Decimal("360.00")
    exact = 30 * Fraction(14, 31) + 30 * Fraction(16, 30)
    assert grid.amount == rounded(exact, 2)


def test_a_bill_to_come_owes_nothing_yet():
    """On the tenth of June, of bills that begin on the 15th."""
    first, end = date(2025, 5, 15), date(2025, 7, 15)
    calendar = calendar_of(first, end)
    plan = Plan(
        zone=PHOENIX,
        first=first,
        end=end,
        periods=tuple(periods_between(first, end, 15)),
        before=0,
    )
    now = calendar.midnight(date(2025, 6, 11))
    home = steady(calendar).over(calendar.start, now).over(calendar.start, calendar.after)
    statement = told(FLAT, home, home, plan=plan, now=now)
    assert [line.amount for line in statement.lines] == [Decimal("120.00"), Decimal("11.11")]
    assert statement.coverage == 1
    assert statement.circuits[0].coverage == 1


def test_taxes_are_shared_as_what_they_are_of():
    rates = replace(FLAT, percentages=(Percentage("Tax", Decimal(10)),))
    statement = told(rates, steady(CALENDAR), steady(CALENDAR, Decimal("0.25")))
    assert [line.amount for line in statement.lines] == [
        Decimal("90.00"),
        Decimal("7.50"),
        Decimal("9.75"),
    ]


def test_credits_are_no_circuits():
    rates = replace(FLAT, fixed=(), export=NetBilling.at("Given", Decimal("0.5")))
    home = replace(steady(CALENDAR), exported=array("q", [KWH] * CALENDAR.count))
    statement = told(rates, home, steady(CALENDAR, Decimal("0.25")))
    assert [line.amount for line in statement.lines] == [Decimal("90.00"), Decimal("0.00")]


def test_a_line_that_cannot_be_told_says_why_and_has_no_amount():
    rates = replace(FLAT, fixed=(), demand=(DEMAND,))
    home = replace(steady(CALENDAR), held=bytes(CALENDAR.count))
    statement = told(rates, home, steady(CALENDAR, Decimal("0.25")))
    energy, demand = statement.lines
    assert (energy.amount, demand.amount) == (Decimal("90.00"), None)
    assert demand.unknown
    assert statement.circuits[0].shares == (Decimal("90.00"), None)
    assert statement.total == Decimal("90.00")


def test_before_the_first_rates_nothing_has_a_price():
    rates = replace(FLAT, since=date(2026, 1, 1))
    statement = told(rates, steady(CALENDAR), steady(CALENDAR, Decimal("0.25")))
    assert (statement.total, statement.home_amount, statement.lines) == (None, None, ())
    assert [(each.amount, each.shares) for each in statement.circuits] == [(None, ())]
    assert statement.millijoules == 180 * KWH
    assert statement.coverage == 0


def test_what_is_not_known_is_told_of_the_home_and_of_each_circuit():
    half = CALENDAR.count // 2
    seconds = array("H", [3600] * half + [0] * (CALENDAR.count - half))
    home = replace(steady(CALENDAR), netted=b"\1" * CALENDAR.count)
    statement = told(FLAT, home, replace(steady(CALENDAR), known_seconds=seconds))
    assert (statement.coverage, statement.netted) == (1, 1)
    assert statement.circuits[0].coverage == 0.5


@given(seed=st.integers(0, 1000), count=st.integers(1, 6), tax=st.sampled_from(["0", "7.3"]))
def test_lines_circuits_and_total_always_add_up_to_the_coin(seed, count, tax):
    days = Period.whole(FIRST, date(2025, 6, 3))
    calendar = calendar_of(days.first, days.end)
    plan = Plan(zone=PHOENIX, first=days.first, end=days.end, periods=(days,), before=0)
    rates = Rates(
        since=LONG_AGO,
        energy=flat("0.1337"),
        demand=(DEMAND,),
        fixed=(FixedCharge("Grid", Decimal("3.01")),),
        percentages=(Percentage("Tax", Decimal(tax)),),
    )
    circuits = [random_home(calendar, seed + place + 1, most=KWH // 4) for place in range(count)]
    keys = tuple(f"c{place}" for place in range(count))
    statement = told(
        rates,
        random_home(calendar, seed),
        *circuits,
        wanted=keys,
        days=(days.first, days.end),
        plan=plan,
        now=calendar.after,
    )
    for circuit in statement.circuits:
        assert sum(each for each in circuit.shares if each is not None) == circuit.amount
        assert min(each for each in circuit.shares if each is not None) >= 0
    assert sum(each.amount for each in statement.circuits if each.amount is not None) == (
        statement.total
    )
    assert sum(line.amount for line in statement.lines if line.amount is not None) == (
        statement.total
    )
    for place, line in enumerate(statement.lines):
        assert sum(each.shares[place] or 0 for each in statement.circuits) == line.amount


def test_a_month_is_its_local_days():
    days = StatementDays.read(month="2024-02", start=None, end=None)
    assert (days.first, days.end) == (date(2024, 2, 1), date(2024, 3, 1))


def test_days_are_named_one_by_one():
    days = StatementDays.read(month=None, start="2025-03-15", end="2025-04-15")
    assert (days.first, days.end) == (date(2025, 3, 15), date(2025, 4, 15))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "month: name a month"),
        ({"month": "2025-03", "start": "2025-03-01"}, "not both"),
        ({"month": "2025-03", "end": "2025-03-01"}, "not both"),
        ({"start": "2025-03-01"}, "month: name a month"),
        ({"end": "2025-03-01"}, "month: name a month"),
        ({"month": "2025-13"}, "month: '2025-13' is no month"),
        ({"month": "2025-3"}, "is no month"),
        ({"month": "1969-12"}, "is no month"),
        ({"month": "9999-12"}, "is no month"),
        ({"start": "20250301", "end": "2025-04-01"}, "start: '20250301' is no day"),
        ({"start": "2025-03-01", "end": "2025-02-30"}, "end: '2025-02-30' is no day"),
        ({"start": "2025-03-01", "end": "2025-03-01"}, "start: must be before end"),
        ({"start": "2025-03-01", "end": "2026-03-03"}, "end: ask for 366 days at most"),
    ],
)
def test_what_is_no_time_is_told(query, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        StatementDays.read(**{"month": None, "start": None, "end": None, **query})


def test_lines_of_circuits_are_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement_module, "MOST_CIRCUIT_LINES", 3)
    home = steady(CALENDAR)
    assert told(FLAT, home, home, home).circuits
    with pytest.raises(InvalidInput, match="2 lines; name fewer circuits, 1 at most"):
        told(FLAT, home, home, home, wanted=("c0", "c1"))


def test_a_month_of_two_bills_before_the_first_rates_has_no_amounts() -> None:
    calendar = calendar_of(date(2025, 5, 15), date(2025, 7, 15))
    home = steady(calendar)
    statement = told(
        replace(FLAT, since=date(2025, 7, 20)),
        home,
        home,
        plan=Plan(
            zone=PHOENIX,
            first=calendar.first,
            end=calendar.end,
            periods=tuple(periods_between(calendar.first, calendar.end, 15)),
            before=0,
        ),
    )
    assert (statement.total, statement.home_amount, statement.lines) == (None, None, ())
    assert [each.amount for each in statement.circuits] == [None]
    assert statement.coverage == 0
