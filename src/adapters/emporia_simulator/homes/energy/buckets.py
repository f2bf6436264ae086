"""Where buckets begin and end, in UTC seconds: by the clock up to an hour, by the home's calendar
from a day up. Also what the cloud keeps of each scale and how much of it one call may ask for."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HOUR_SECONDS = 3_600
DAY_SECONDS = 86_400


class Scale(StrEnum):
    """The widths of a bucket; the values are case-sensitive on the wire."""

    SECOND = "1S"
    MINUTE = "1MIN"
    QUARTER_HOUR = "15MIN"
    HOUR = "1H"
    DAY = "1D"
    WEEK = "1W"
    MONTH = "1MON"
    YEAR = "1Y"


CLOCK_SECONDS = {Scale.SECOND: 1, Scale.MINUTE: 60, Scale.QUARTER_HOUR: 900, Scale.HOUR: 3_600}
"""The scales that follow the UTC clock; the others follow the home's calendar."""

COMPLETE_ONLY = frozenset({Scale.SECOND, Scale.MINUTE})
"""The scales of which nothing is shown before the bucket has ended; the others run."""

RETAINED_SECONDS = {
    Scale.SECOND: 3 * HOUR_SECONDS,
    Scale.MINUTE: 7 * DAY_SECONDS,
    Scale.QUARTER_HOUR: 365 * DAY_SECONDS,
}
"""Emporia's help centre, article 9084314; wider scales are kept for ever. Assumed: a bucket is
forgotten as a whole, when its beginning is that old."""

WIDEST_WINDOW_SECONDS = {
    Scale.SECOND: HOUR_SECONDS,
    Scale.MINUTE: 12 * HOUR_SECONDS,
    Scale.QUARTER_HOUR: 7 * DAY_SECONDS,
    Scale.HOUR: 31 * DAY_SECONDS,
}
"""What clients saw accepted in one chart call where wider ones got a 400; no cap known above.

Assumed for hours: 31 days were accepted and 35 were not; what is between nobody told.
"""


@dataclass(frozen=True, slots=True)
class HomeCalendar:
    """A home's days: its time zone, and the day of the month its bill starts."""

    zone: ZoneInfo
    billing_day: int = 1

    def start(self, scale: Scale, at: int) -> int:
        """The start of the bucket that holds the second `at`."""
        if scale in CLOCK_SECONDS:
            return at - at % CLOCK_SECONDS[scale]
        today = datetime.fromtimestamp(at, self.zone).date()
        return self._midnight(self._first_day(scale, today))

    def after(self, scale: Scale, start: int) -> int:
        """The start of the bucket after the one that begins at `start`."""
        if scale in CLOCK_SECONDS:
            return start + CLOCK_SECONDS[scale]
        first = datetime.fromtimestamp(start, self.zone).date()
        return self._midnight(self._first_day_after(scale, first))

    def spans(self, scale: Scale, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Every bucket that overlaps [start floored to its bucket, end)."""
        begin = self.start(scale, start)
        while begin < end:
            finish = self.after(scale, begin)
            yield begin, finish
            begin = finish

    def _midnight(self, day: date) -> int:
        """The day's first second; where the clock skips midnight, that is when it jumps."""
        local = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return int(local.astimezone(UTC).timestamp())

    def _first_day(self, scale: Scale, today: date) -> date:
        match scale:
            case Scale.WEEK:
                return today - timedelta(days=today.weekday())
            case Scale.MONTH:
                billed = self._billed_from(today.year, today.month)
                if billed <= today:
                    return billed
                last_month = today.replace(day=1) - timedelta(days=1)
                return self._billed_from(last_month.year, last_month.month)
            case Scale.YEAR:
                return today.replace(month=1, day=1)
            case _:
                return today

    def _first_day_after(self, scale: Scale, first: date) -> date:
        match scale:
            case Scale.WEEK:
                return first + timedelta(days=7)
            case Scale.MONTH:
                next_month = first.replace(day=1) + timedelta(days=31)
                return self._billed_from(next_month.year, next_month.month)
            case Scale.YEAR:
                return first.replace(year=first.year + 1)
            case _:
                return first + timedelta(days=1)

    def _billed_from(self, year: int, month: int) -> date:
        days_in_month = calendar.monthrange(year, month)[1]
        return date(year, month, min(self.billing_day, days_in_month))
