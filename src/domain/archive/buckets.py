"""Where buckets begin and end: by the clock up to an hour, by the home's calendar beyond."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from domain.emporia.devices import Location
from domain.emporia.usage import Scale


def bucket_start(scale: Scale, instant: datetime, location: Location) -> datetime:
    """The start, in UTC, of the bucket that holds the instant.

    Up to an hour buckets follow the UTC clock. Days begin at the device's local midnight,
    weeks on Monday, months on the billing day (clamped to the month's last), years in January.
    """
    if scale.seconds is not None:
        return datetime.fromtimestamp(instant.timestamp() // scale.seconds * scale.seconds, UTC)
    today = instant.astimezone(location.zone).date()
    return _midnight(_first_day(scale, today, location), location)


def next_bucket(scale: Scale, start: datetime, location: Location) -> datetime:
    """The start, in UTC, of the bucket after the one that begins at `start`."""
    if scale.seconds is not None:
        return start + timedelta(seconds=scale.seconds)
    return _midnight(_day_after(scale, start.astimezone(location.zone).date(), location), location)


def buckets_from(scale: Scale, start: datetime, location: Location) -> Iterator[datetime]:
    """The starts of the bucket that begins at `start` and of all that follow, without end."""
    while True:
        yield start
        start = next_bucket(scale, start, location)


def _midnight(day: date, location: Location) -> datetime:
    """The day's first instant; where the clock skips midnight, that is when it jumps."""
    return datetime(day.year, day.month, day.day, tzinfo=location.zone).astimezone(UTC)


def _first_day(scale: Scale, today: date, location: Location) -> date:
    match scale:
        case Scale.WEEK:
            return today - timedelta(days=today.weekday())
        case Scale.MONTH:
            this_month = _billing_day(today.year, today.month, location)
            return (
                this_month if this_month <= today else _billing_day(*_month_before(today), location)
            )
        case Scale.YEAR:
            return date(today.year, 1, 1)
        case _:
            return today


def _day_after(scale: Scale, first: date, location: Location) -> date:
    match scale:
        case Scale.WEEK:
            return first + timedelta(days=7)
        case Scale.MONTH:
            return _billing_day(*_month_after(first), location)
        case Scale.YEAR:
            return date(first.year + 1, 1, 1)
        case _:
            return first + timedelta(days=1)


def _billing_day(year: int, month: int, location: Location) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(location.billing_cycle_start_day, last))


def _month_before(day: date) -> tuple[int, int]:
    return (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)


def _month_after(day: date) -> tuple[int, int]:
    return (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
