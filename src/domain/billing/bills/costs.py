"""What a home costs over a time: rows, and of bills their lines and how the last may end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS
from domain.billing.bills.bill import Bill, bill_of
from domain.billing.bills.forecast import HABIT_DAYS, Forecast, forecast
from domain.billing.bills.rows import Row, RowsBy, Split, rows_of
from domain.billing.bills.shares import Circuit, Shares
from domain.billing.money import FINE_DECIMALS, Currency, rounded
from domain.billing.periods import DAY, Period, days_in_month, local_day, midnight, periods_between
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.net import NOTHING_CARRIED, Carried
from domain.billing.pricing.price import Priced, price_in_turn
from domain.billing.pricing.quartered import in_quarters
from domain.billing.tariffs.exports import NetMetering
from domain.billing.tariffs.tariff import Tariff
from domain.emporia.devices import Location
from domain.errors import InvalidInput

A_YEAR = timedelta(days=366)

MOST_CIRCUIT_DAYS = 40_000
"""Six years of eighteen circuits: what is held in memory for one answer."""

MOST_CIRCUIT_ROWS = 50_000
"""What takes a processor about three seconds."""

MOST_LINE_ROWS = 50_000
"""Sixty lines, hour by hour; lines are as many as a stranger writes into a tariff."""

MOST_DAYS = {RowsBy.HOUR: 32, RowsBy.DAY: 400, RowsBy.MONTH: 3_700, RowsBy.BILL: 3_700}

ROW_SECONDS = {
    RowsBy.HOUR: HOUR_SECONDS,
    RowsBy.DAY: DAY_SECONDS,
    RowsBy.MONTH: 28 * DAY_SECONDS,
    RowsBy.BILL: 28 * DAY_SECONDS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which rows are asked for: those that have some of [start, end), in seconds since 1970."""

    start: int
    end: int
    by: RowsBy
    split: Split

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise InvalidInput("start: must be before end.")
        most = MOST_DAYS[self.by]
        if self.end - self.start > most * DAY_SECONDS:
            raise InvalidInput(f"end: ask for {most} days at most by {self.by}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The rows, of which `bills` are the bills where rows are bills.

    `coverage` is the share of the rows' time so far that is known and priced, `netted` the share of
    that of which only nets of hours are known. `forecast` is of a bill that has not ended, None
    where there is none or nothing of late is known.
    """

    currency: Currency
    rows: tuple[Row, ...]
    bills: tuple[Bill, ...]
    total: Decimal
    coverage: float
    netted: float
    forecast: Forecast | None
    now: int
    """In seconds since 1970; nothing is known of later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which local days of `zone` have to be known, [first, end), and which periods are priced.

    The first `before` of these are priced for what net metering carries on, and not told.
    """

    zone: ZoneInfo
    first: date
    end: date
    periods: tuple[Period, ...]
    before: int

    def require_short(self, mains: int) -> None:
        """Raise InvalidInput where so many mains, which are all summed, take too long to read."""
        if mains * (self.end - self.first).days > MOST_CIRCUIT_DAYS:
            raise InvalidInput(f"end: the home has mains of {mains} panels; ask for fewer days.")

    def require_few(self, span: Span, circuits: int) -> None:
        """Raise InvalidInput where so many circuits make too large an answer."""
        days = (self.end - self.first).days
        rows = _most_rows(span)
        if circuits * days > MOST_CIRCUIT_DAYS or circuits * rows > MOST_CIRCUIT_ROWS:
            raise InvalidInput(
                f"split: the home has {circuits} circuits; ask for fewer days, or for wider rows."
            )

    @property
    def start(self) -> int:
        """Where the first day begins, in seconds since 1970."""
        return midnight(self.first, self.zone)

    @property
    def after(self) -> int:
        """Where the last day ends."""
        return midnight(self.end, self.zone)


def plan_of(tariff: Tariff, span: Span, location: Location, *, now: int) -> Plan:
    """What it takes to tell the span; what net metering carries is followed back for a year.

    Bills begin on the tariff's day, or else on the day that Emporia has of the home.
    """
    zone = location.zone
    billing_day = tariff.billing_day or location.billing_cycle_start_day
    first, last = (local_day(at, zone) for at in (span.start, span.end - 1))
    today = local_day(now, zone)
    if span.by is RowsBy.MONTH:
        first, last = first.replace(day=1), last.replace(day=days_in_month(last))
    told = tuple(periods_between(first, last + DAY, billing_day))
    periods = told
    if _carries(tariff):
        periods = tuple(periods_between(told[0].first - A_YEAR, told[-1].end, billing_day))
    begin = periods[0].first
    if span.by is RowsBy.BILL and told[-1].first <= today < told[-1].end:
        begin = min(begin, today - timedelta(days=HABIT_DAYS))
    return Plan(
        zone=zone,
        first=begin,
        end=periods[-1].end,
        periods=periods,
        before=len(periods) - len(told),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedPlan:
    """The periods of a plan priced in turn, and the home's hours in the calendar's slots."""

    calendar: Calendar
    metered: Metered
    bills: tuple[Priced, ...]

    @classmethod
    def of(
        cls, tariff: Tariff, plan: Plan, *, holidays: frozenset[date], home: Metered, now: int
    ) -> "PricedPlan":
        """By hours that need not be just the plan's; `now` is in seconds since 1970."""
        calendar = Calendar(zone=plan.zone, first=plan.first, end=plan.end, holidays=holidays)
        metered = _fitted(home, calendar)
        bills = price_in_turn(tariff, plan.periods, calendar=calendar, metered=metered, until=now)
        return cls(calendar=calendar, metered=metered, bills=tuple(bills))

    @property
    def carried(self) -> Carried:
        """What net metering brings into the last of the bills."""
        return self.bills[-2].carried if len(self.bills) > 1 else NOTHING_CARRIED

    def shares(self, circuits: Iterable[tuple[str, Metered]]) -> Shares:
        """Which part of it is whose, of circuits by their keys."""
        hours = ((key, _fitted(each, self.calendar)) for key, each in circuits)
        return Shares(self.metered, [Circuit(key=key, metered=each) for key, each in hours])


def costs_of(
    tariff: Tariff,
    span: Span,
    plan: Plan,
    *,
    holidays: frozenset[date],
    home: Metered,
    circuits: Sequence[tuple[str, Metered]],
    now: int,
) -> Costs:
    """What the home costs, by hours that need not be just the plan's; seconds are since 1970."""
    priced = PricedPlan.of(tariff, plan, holidays=holidays, home=home, now=now)
    told = priced.bills[plan.before :]
    if span.split is Split.LINE:
        _require_few_lines(told, span)
    rows = tuple(
        rows_of(
            told,
            by=span.by,
            split=span.split,
            shares=priced.shares(circuits),
            currency=tariff.currency,
            within=(span.start, span.end),
        )
    )
    is_by_bill = span.by is RowsBy.BILL
    nothing = rounded(Fraction(), tariff.currency.decimals if is_by_bill else FINE_DECIMALS)
    elapsed = sum(min(row.end, now) - row.start for row in rows)
    known = sum(row.known_seconds for row in rows)
    expected = None
    if is_by_bill and plan.periods[-1].first <= local_day(now, plan.zone) < plan.end:
        expected = forecast(
            tariff,
            plan.periods[-1],
            calendar=priced.calendar,
            metered=priced.metered,
            until=now,
            carried=priced.carried,
        )
    return Costs(
        currency=tariff.currency,
        rows=rows,
        bills=tuple(bill_of(each, tariff.currency) for each in told) if is_by_bill else (),
        total=sum((row.amount for row in rows if row.amount is not None), nothing),
        coverage=known / elapsed if elapsed else 0.0,
        netted=sum(row.netted_seconds for row in rows) / known if known else 0.0,
        forecast=expected,
        now=now,
    )


def _fitted(hours: Metered, calendar: Calendar) -> Metered:
    """The calendar's slots of these hours."""
    slots = hours if hours.slot_seconds == calendar.slot_seconds else in_quarters(hours)
    return slots.over(calendar.start, calendar.after)


def _most_rows(span: Span) -> int:
    return (span.end - span.start) // ROW_SECONDS[span.by] + 1


def _require_few_lines(bills: Sequence[Priced], span: Span) -> None:
    lines = max(len({(each.kind, each.name) for each in bill.charges}) for bill in bills)
    if lines * _most_rows(span) > MOST_LINE_ROWS:
        raise InvalidInput(
            f"split: a bill has {lines} lines; ask for fewer days, or for wider rows."
        )


def _carries(tariff: Tariff) -> bool:
    exports = [rates.export for rates in tariff.rates]
    return any(isinstance(each, NetMetering) and each.excess_price is None for each in exports)
