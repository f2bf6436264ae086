"""The bill that has not ended: what it comes to so far, and how it may end."""

from datetime import date, timedelta
from decimal import Decimal

from domain.billing.bills.bill import Peak, bill_of
from domain.billing.bills.forecast import METHOD, forecast
from domain.billing.bills.rows import RowsBy, Split, rows_of
from domain.billing.bills.shares import Shares
from domain.billing.periods import period_of
from domain.billing.tariffs.charges import By, FixedCharge
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import (
    KWH,
    LONG_AGO,
    NEW_YORK,
    USD,
    amounts,
    bill,
    calendar_of,
    flat,
    priced_of,
    steady,
    tariff_of,
)
from tests.unit.domain.billing.published import demands

JUNE = period_of(date(2025, 6, 1), 1)
CALENDAR = calendar_of(JUNE.first - timedelta(days=28), JUNE.end, NEW_YORK)
NOON = CALENDAR.midnight(date(2025, 6, 11)) + 12 * 3600
TARIFF = tariff_of(
    Rates(
        since=LONG_AGO,
        energy=flat("0.10"),
        demand=(DemandCharge(periods=demands(("Demand", "2")), schedule=Schedule.always()),),
        fixed=(FixedCharge("Grid", Decimal(10)), FixedCharge("Meter", Decimal(1), By.DAY)),
    )
)


def _so_far(until: int = NOON):
    return steady(CALENDAR).over(CALENDAR.start, until).over(CALENDAR.start, CALENDAR.after)


def test_a_bill_so_far_has_the_days_that_have_begun_and_all_that_is_by_the_month() -> None:
    made = bill(TARIFF, JUNE, CALENDAR, _so_far(), until=NOON)
    assert amounts(made) == {"Energy": Decimal("25.20"), "Demand": 2, "Grid": 10, "Meter": 11}
    assert made.coverage == 1


def test_rows_of_a_bill_so_far_add_up_to_it_and_end_now() -> None:
    home = _so_far()
    priced = priced_of(TARIFF, JUNE, CALENDAR, home, until=NOON)
    rows = list(
        rows_of([priced], by=RowsBy.DAY, split=Split.NONE, shares=Shares(home, ()), currency=USD)
    )
    assert len(rows) == 11
    assert abs(sum(row.amount or 0 for row in rows) - Decimal("48.20")) < Decimal("0.0001")


def test_a_bill_that_has_not_begun_has_what_is_by_the_month_alone() -> None:
    before = CALENDAR.midnight(JUNE.first)
    made = bill(TARIFF, JUNE, CALENDAR, _so_far(before), until=before)
    assert [made.total.amount, made.coverage] == [10, 0]
    assert amounts(made)["Demand"] is None


def test_a_bill_over_a_gap_says_how_much_is_known() -> None:
    home = steady(CALENDAR)
    first = CALENDAR.place(date(2025, 6, 4))
    for place in range(first, first + 3 * 24):
        home.known_seconds[place] = 0
        home.imported[place] = 0
    made = bill(TARIFF, JUNE, CALENDAR, home)
    assert made.coverage == Decimal("0.9")
    assert amounts(made)["Energy"] == Decimal("64.80")


def test_a_forecast_goes_on_as_the_last_weeks_were() -> None:
    told = forecast(TARIFF, JUNE, calendar=CALENDAR, metered=_so_far(), until=NOON)
    assert told is not None
    made = bill_of(told.priced, USD)
    assert amounts(made) == {"Energy": 72, "Demand": 2, "Grid": 10, "Meter": 30}
    assert told.method == METHOD
    assert told.peak == Peak(kilowatts=Decimal(1), at=CALENDAR.midnight(JUNE.first))


def test_a_forecast_knows_working_days_from_free_ones() -> None:
    """Two kilowatts on weekends; from 11 June noon on, six days of the rest are of weekends."""
    home = steady(CALENDAR)
    for place in range(CALENDAR.count):
        day = CALENDAR.days[place // 24]
        home.imported[place] = KWH * (2 if day.weekday() >= 5 else 1)
    cut = home.over(CALENDAR.start, NOON).over(CALENDAR.start, CALENDAR.after)
    told = forecast(TARIFF, JUNE, calendar=CALENDAR, metered=cut, until=NOON)
    assert told is not None
    whole = bill(TARIFF, JUNE, CALENDAR, home)
    assert amounts(bill_of(told.priced, USD))["Energy"] == amounts(whole)["Energy"]


def test_hours_of_which_nothing_is_known_are_forecast_by_the_mean_of_all() -> None:
    """Twelve hours of a Sunday are all that is known."""
    until = CALENDAR.midnight(JUNE.first) + 12 * 3600
    home = _so_far(until).over(until - 12 * 3600, until).over(CALENDAR.start, CALENDAR.after)
    told = forecast(TARIFF, JUNE, calendar=CALENDAR, metered=home, until=until)
    assert told is not None
    assert amounts(bill_of(told.priced, USD))["Energy"] == 72


def test_nothing_is_forecast_where_nothing_of_late_is_known() -> None:
    nothing = _so_far(CALENDAR.start)
    assert forecast(TARIFF, JUNE, calendar=CALENDAR, metered=nothing, until=NOON) is None


def test_a_forecast_without_quarter_hours_has_no_peak() -> None:
    home = _so_far()
    hourly = home.__class__(**{**vars(home), "held": bytes(home.count)})
    told = forecast(TARIFF, JUNE, calendar=CALENDAR, metered=hourly, until=NOON)
    assert told is not None
    assert told.peak is None
