"""What a home costs right now: the price, the day and the bill so far, and the peak so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.billing.bills.bill import Peak, bill_of, peak_at, peak_of
from domain.billing.bills.costs import Plan, PricedPlan, Span
from domain.billing.bills.rows import Row, RowsBy, Split, rows_of
from domain.billing.bills.shares import Shares
from domain.billing.money import Currency
from domain.billing.periods import local_day, midnight
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.demand import highest_quarter
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.price import Priced
from domain.billing.pricing.price_now import PriceNow, price_now
from domain.billing.tariffs.tariff import Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """What has come together since `start`, in seconds since 1970.

    `amount` is None where nothing of it is known and priced. `coverage` is the share of the time
    that is.
    """

    start: int
    amount: Decimal | None
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CostNow:
    """As the costs of the day and of the bill are told when they are asked for by themselves.

    `price` is None where the tariff has no rates yet. `peak` is the highest demand that the bill
    counts; where it counts none, the highest quarter hour, and `is_peak_billed` is False.
    """

    currency: Currency
    now: int
    price: PriceNow | None
    today: SoFar
    bill: SoFar
    peak: Peak | None
    is_peak_billed: bool


def span_of(now: int) -> Span:
    """What has to be known for it: the current bill, and what net metering brings into it."""
    return Span(start=now, end=now + 1, by=RowsBy.DAY, split=Split.NONE)


def cost_now(
    tariff: Tariff, plan: Plan, *, holidays: frozenset[date], home: Metered, now: int
) -> CostNow:
    """By hours that need not be just the plan's, which is of `span_of(now)`."""
    priced = PricedPlan.of(tariff, plan, holidays=holidays, home=home, now=now)
    calendar, current = priced.calendar, priced.bills[-1]
    billed = peak_of(current)
    return CostNow(
        currency=tariff.currency,
        now=now,
        price=price_now(
            tariff,
            current.stretch.period,
            calendar=calendar,
            metered=priced.metered,
            now=now,
            carried=priced.carried,
        ),
        today=_today(_rows(current, tariff.currency, now), calendar, now),
        bill=SoFar(
            start=calendar.midnight(current.stretch.period.first),
            amount=bill_of(current, tariff.currency).total.amount if current.coverage else None,
            coverage=float(current.coverage),
        ),
        peak=_highest(current) if billed is None else billed,
        is_peak_billed=billed is not None,
    )


def _rows(current: Priced, currency: Currency, now: int) -> Iterator[Row]:
    return rows_of(
        [current],
        by=RowsBy.DAY,
        split=Split.NONE,
        shares=Shares(current.stretch.metered, []),
        currency=currency,
        within=(now, now + 1),
    )


def _today(rows: Iterator[Row], calendar: Calendar, now: int) -> SoFar:
    """In the first second of a day there is no row of it yet."""
    row = next(rows, None)
    start = midnight(local_day(now, calendar.zone), calendar.zone)
    if row is None or not row.known_seconds:
        return SoFar(start=start, amount=None, coverage=0.0)
    return SoFar(start=start, amount=row.amount, coverage=row.known_seconds / (now - start))


def _highest(current: Priced) -> Peak | None:
    highest = highest_quarter(current.stretch)
    return None if highest is None else peak_at(current.stretch, highest)
