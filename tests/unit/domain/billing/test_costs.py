"""What is told of a span: its rows, and of bills how the last may end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from domain.billing.bills.costs import Costs, Span, costs_of, plan_of
from domain.billing.bills.rows import RowsBy, Split
from domain.billing.periods import midnight
from domain.billing.pricing.metered import Metered, MeteredHour
from domain.billing.tariffs.charges import FixedCharge
from domain.billing.tariffs.exports import NetMetering
from domain.billing.tariffs.tariff import Rates, Tariff
from domain.emporia.devices import Location
from domain.errors import InvalidInput
from tests.unit.domain.billing.made import KWH, LONG_AGO, NEW_YORK, flat, tariff_of

KOLKATA = ZoneInfo("Asia/Kolkata")
TARIFF = tariff_of(
    Rates(since=LONG_AGO, energy=flat("0.10"), fixed=(FixedCharge("Grid", Decimal(6)),))
)


def _span(first: date, end: date, by: RowsBy, zone: ZoneInfo = NEW_YORK) -> Span:
    return Span(start=midnight(first, zone), end=midnight(end, zone), by=by, split=Split.CIRCUIT)


def _hours(start: date, end: date, *, given: int = 0) -> Metered:
    """A kilowatt-hour taken in each hour (UTC), and so many given."""
    first, after = (midnight(day, ZoneInfo("UTC")) for day in (start, end))
    hours = (
        MeteredHour(start=at, imported=KWH, exported=given * KWH, quarters=(KWH // 4,) * 4)
        for at in range(first, after, 3600)
    )
    return Metered.of_hours(hours, start=first, end=after)


def _costs(
    tariff: Tariff,
    span: Span,
    *,
    now: date,
    home: Metered,
    zone: ZoneInfo = NEW_YORK,
    billing_day: int = 1,
) -> Costs:
    at = midnight(now, zone)
    plan = plan_of(tariff, span, Location(zone, billing_day), now=at)
    assert plan.start < plan.after
    return costs_of(
        tariff, span, plan, holidays=frozenset(), home=home, circuits=[("1:1", home)], now=at
    )


def test_an_answer_is_of_so_many_mains() -> None:
    start = midnight(date(2017, 1, 1), NEW_YORK)
    span = Span(start=start, end=start + 3_650 * 86_400, by=RowsBy.BILL, split=Split.NONE)
    plan = plan_of(TARIFF, span, Location(NEW_YORK), now=span.end)
    plan.require_short(10)
    with pytest.raises(InvalidInput, match="the home has mains of 11 panels; ask for fewer days"):
        plan.require_short(11)


def test_lines_by_rows_are_not_too_many() -> None:
    """Somebody who writes a tariff decides how many lines its bills have."""
    fixed = tuple(FixedCharge(f"Charge {place}", Decimal(1)) for place in range(72))
    first, end = date(2025, 6, 1), date(2025, 7, 1)
    hours = Span(
        start=midnight(first, NEW_YORK),
        end=midnight(end, NEW_YORK),
        by=RowsBy.HOUR,
        split=Split.LINE,
    )
    home = _hours(date(2025, 5, 31), date(2025, 7, 2))
    many = Rates(since=LONG_AGO, energy=flat("0.10"), fixed=fixed[:24])
    assert len(_costs(tariff_of(many), hours, now=end, home=home).rows) == 720
    later = tuple(
        replace(many, since=date(2025, 6, 1 + place), fixed=fixed[24 * place : 24 * place + 24])
        for place in range(3)
    )
    with pytest.raises(InvalidInput, match="a bill has 73 lines; ask for fewer days"):
        _costs(tariff_of(*later), hours, now=end, home=home)
    assert _costs(tariff_of(*later), replace(hours, by=RowsBy.DAY), now=end, home=home).rows


def test_a_span_is_not_empty_and_not_too_long() -> None:
    with pytest.raises(InvalidInput, match="start: must be before end"):
        _span(date(2025, 6, 1), date(2025, 6, 1), RowsBy.BILL)
    with pytest.raises(InvalidInput, match="32 days at most by hour"):
        _span(date(2025, 6, 1), date(2025, 7, 4), RowsBy.HOUR)


@pytest.mark.parametrize(
    ("by", "days", "most"),
    [(RowsBy.HOUR, 30, 69), (RowsBy.DAY, 365, 109), (RowsBy.BILL, 365, 109)],
)
def test_an_answer_is_of_so_many_circuits(by, days, most) -> None:
    start = midnight(date(2025, 1, 1), NEW_YORK)
    span = Span(start=start, end=start + days * 86_400, by=by, split=Split.CIRCUIT)
    plan = plan_of(TARIFF, span, Location(NEW_YORK), now=start + 9 * 365 * 86_400)
    plan.require_few(span, most)
    with pytest.raises(InvalidInput, match=f"the home has {most + 1} circuits; ask for fewer"):
        plan.require_few(span, most + 1)


def test_bills_that_have_some_of_the_span_are_told_whole() -> None:
    costs = _costs(
        TARIFF,
        _span(date(2025, 6, 20), date(2025, 7, 20), RowsBy.BILL),
        now=date(2025, 9, 1),
        home=_hours(date(2025, 5, 1), date(2025, 9, 1)),
        billing_day=15,
    )
    assert [bill.period.first for bill in costs.bills] == [date(2025, 6, 15), date(2025, 7, 15)]
    assert [row.amount for row in costs.rows] == [78, Decimal("80.40")]
    assert costs.total == Decimal("158.40")
    assert [costs.coverage, costs.netted, costs.forecast] == [1, 0, None]


@pytest.mark.parametrize(("of_the_tariff", "begins"), [(None, 5), (15, 15)])
def test_bills_begin_on_the_tariffs_day_and_else_on_emporias(of_the_tariff, begins) -> None:
    tariff = tariff_of(*TARIFF.rates, billing_day=of_the_tariff)
    span = _span(date(2025, 6, 20), date(2025, 6, 21), RowsBy.BILL)
    plan = plan_of(tariff, span, Location(NEW_YORK, 5), now=span.end)
    assert plan.periods[0].first == date(2025, 6, begins)


def test_months_are_whole_whatever_the_billing_day() -> None:
    costs = _costs(
        TARIFF,
        _span(date(2025, 6, 20), date(2025, 7, 2), RowsBy.MONTH),
        now=date(2025, 9, 1),
        home=_hours(date(2025, 4, 1), date(2025, 9, 1)),
        billing_day=15,
    )
    assert [row.imported // KWH for row in costs.rows] == [720, 744]
    assert costs.bills == ()


def test_the_current_bill_has_a_forecast() -> None:
    costs = _costs(
        TARIFF,
        _span(date(2025, 6, 1), date(2025, 6, 10), RowsBy.BILL),
        now=date(2025, 6, 16),
        home=_hours(date(2025, 5, 1), date(2025, 6, 17)).over(
            midnight(date(2025, 5, 1), ZoneInfo("UTC")), midnight(date(2025, 6, 16), NEW_YORK)
        ),
    )
    assert costs.total == 42
    assert costs.coverage == 1
    assert costs.forecast is not None
    assert costs.forecast.total(2) == 78


@pytest.mark.parametrize("by", [RowsBy.BILL, RowsBy.MONTH])
def test_what_net_metering_carried_from_before_the_span_counts(by) -> None:
    """May gives twice what it takes; in June half a kilowatt-hour an hour could be paid for."""
    tariff = tariff_of(
        Rates(since=LONG_AGO, energy=flat("0.10"), export=NetMetering(name="Credit"))
    )
    may = _hours(date(2025, 5, 1), date(2025, 6, 1), given=2)
    both = may.over(may.start, midnight(date(2025, 7, 2), ZoneInfo("UTC")))
    june = both.count - 24 * 31
    for place in range(june, both.count):
        both.imported[place], both.known_seconds[place] = 2 * KWH, 3600
    costs = _costs(
        tariff,
        _span(date(2025, 6, 1), date(2025, 7, 1), by),
        now=date(2025, 6, 20),
        home=both,
    )
    (row,) = costs.rows
    hours = sum(both.imported) // KWH - sum(both.exported) // KWH
    assert row.amount is not None
    assert 0 < row.amount < hours * Decimal("0.20")
    assert (costs.forecast is None) == (by is RowsBy.MONTH)


def test_a_span_to_come_has_no_rows() -> None:
    costs = _costs(
        TARIFF,
        _span(date(2025, 8, 1), date(2025, 8, 5), RowsBy.DAY),
        now=date(2025, 6, 20),
        home=_hours(date(2025, 6, 1), date(2025, 6, 20)),
    )
    assert [costs.rows, costs.total, costs.coverage, costs.netted] == [(), 0, 0, 0]


def test_hours_are_cut_into_quarters_where_days_begin_on_half_ones() -> None:
    costs = _costs(
        TARIFF,
        _span(date(2025, 6, 1), date(2025, 7, 1), RowsBy.BILL, KOLKATA),
        now=date(2025, 8, 1),
        home=_hours(date(2025, 5, 1), date(2025, 8, 1)),
        zone=KOLKATA,
    )
    assert [row.imported // KWH for row in costs.rows] == [720]


def test_time_before_the_first_rates_has_no_amount() -> None:
    tariff = tariff_of(Rates(since=date(2025, 6, 11), energy=flat("0.10")))
    costs = _costs(
        tariff,
        _span(date(2025, 6, 10), date(2025, 6, 12), RowsBy.DAY),
        now=date(2025, 8, 1),
        home=_hours(date(2025, 5, 1), date(2025, 8, 1)),
    )
    assert [row.amount for row in costs.rows] == [None, Decimal("2.4")]
    assert [len(row.parts) for row in costs.rows] == [0, 2]
    assert costs.coverage == 0.5


@pytest.mark.parametrize(("since", "known"), [(date(2025, 7, 20), 0), (date(2025, 6, 25), 6)])
def test_a_month_of_two_bills_is_priced_from_the_first_day_of_rates_on(since, known) -> None:
    """Bills begin on the 15th; a bill that ends before the rates begin has none of them."""
    rates = Rates(since=since, energy=flat("0.10"))
    june = Span(
        start=midnight(date(2025, 6, 1), NEW_YORK),
        end=midnight(date(2025, 7, 1), NEW_YORK),
        by=RowsBy.MONTH,
        split=Split.NONE,
    )
    home = _hours(date(2025, 5, 1), date(2025, 8, 1))
    told = _costs(tariff_of(rates), june, now=date(2025, 8, 1), home=home, billing_day=15)
    (row,) = told.rows
    assert row.amount == (Decimal("0.10") * 24 * known if known else None)
    assert told.coverage == known / 30


@pytest.mark.parametrize(("by", "total"), [(RowsBy.BILL, "0.00"), (RowsBy.DAY, "0.000000")])
def test_a_total_of_no_rows_has_the_decimals_of_one_of_some(by, total) -> None:
    to_come = Span(
        start=midnight(date(2025, 7, 1), NEW_YORK),
        end=midnight(date(2025, 8, 1), NEW_YORK),
        by=by,
        split=Split.NONE,
    )
    home = _hours(date(2025, 5, 1), date(2025, 6, 1))
    told = _costs(TARIFF, to_come, now=date(2025, 6, 1), home=home)
    assert (told.rows, str(told.total)) == ((), total)
