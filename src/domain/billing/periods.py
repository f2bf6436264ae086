"""Billing periods: stretches of local days that begin on the billing day."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The local days of [first, end), out of a billing period of `whole_days`.

    A bill has all days of its period. Where rates change within it, each part has some of them.
    """

    first: date
    end: date
    whole_days: int

    @classmethod
    def whole(cls, first: date, end: date) -> "Period":
        """A billing period as such."""
        return cls(first, end, (end - first).days)

    @property
    def days(self) -> int:
        """How many local days it has, long or short ones."""
        return (self.end - self.first).days

    @property
    def share(self) -> Fraction:
        """Its part of the billing period, by days: what is charged by the month is due so far."""
        return Fraction(self.days, self.whole_days)

    def part(self, first: date, end: date) -> "Period":
        """What of it lies within [first, end); empty where nothing does."""
        first = min(max(first, self.first), self.end)
        return Period(first, max(first, min(end, self.end)), self.whole_days)


def period_of(day: date, billing_day: int) -> Period:
    """The billing period that holds the local day; in short months it begins on the last day."""
    first = _begin(day.year, day.month, billing_day)
    if day < first:
        first = _begin(*_month_after(day.year, day.month, -1), billing_day)
    return Period.whole(first, _begin(*_month_after(first.year, first.month, 1), billing_day))


def periods_between(first: date, end: date, billing_day: int) -> Iterator[Period]:
    """The billing periods that hold some of the local days of [first, end), oldest first."""
    while first < end:
        period = period_of(first, billing_day)
        yield period
        first = period.end


def months_of(period: Period) -> Iterator[Period]:
    """The period cut at the first of each month."""
    first = period.first
    while first < period.end:
        following = date(*_month_after(first.year, first.month, 1), 1)
        yield period.part(first, following)
        first = following


def days_in_month(day: date) -> int:
    """How many days the month of this day has."""
    return calendar.monthrange(day.year, day.month)[1]


def midnight(day: date, zone: ZoneInfo) -> int:
    """The first second of the local day, since 1970, also where clocks skip midnight."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def local_day(at: int, zone: ZoneInfo) -> date:
    """The local day of this second."""
    return datetime.fromtimestamp(at, zone).date()


def _begin(year: int, month: int, billing_day: int) -> date:
    return date(year, month, min(billing_day, calendar.monthrange(year, month)[1]))


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    years, place = divmod(month - 1 + months, 12)
    return year + years, place + 1
