"""The utility's hours as they are kept: a month (UTC) in one piece, in little room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import Struct

from domain.archive.spans import HOUR_SECONDS, month_at
from domain.billing.pricing.metered import MeteredHour

_HOUR = Struct("<Hqq?")
"""Its place in the month, what was taken and given in millijoules, and whether quarters follow."""

_QUARTERS = Struct("<4q")


@dataclass(frozen=True, slots=True)
class UtilityMonth:
    """The hours of the month that begins at `start`, in seconds since 1970, packed."""

    start: int
    data: bytes

    def hours(self) -> Iterator[MeteredHour]:
        """Each hour, the oldest first. Takes a millisecond."""
        at = 0
        while at < len(self.data):
            place, imported, exported, has_quarters = _HOUR.unpack_from(self.data, at)
            at += _HOUR.size
            quarters = None
            if has_quarters:
                quarters = _QUARTERS.unpack_from(self.data, at)
                at += _QUARTERS.size
            yield MeteredHour(
                start=self.start + place * HOUR_SECONDS,
                imported=imported,
                exported=exported,
                quarters=quarters,
            )


def months_of(hours: Iterable[MeteredHour]) -> list[UtilityMonth]:
    """The hours by months, both the oldest first."""
    packed: dict[int, bytearray] = {}
    for hour in sorted(hours, key=lambda each: each.start):
        start, _ = month_at(hour.start)
        place = (hour.start - start) // HOUR_SECONDS
        data = packed.setdefault(start, bytearray())
        data += _HOUR.pack(place, hour.imported, hour.exported, hour.quarters is not None)
        if hour.quarters is not None:
            data += _QUARTERS.pack(*hour.quarters)
    return [UtilityMonth(start, bytes(data)) for start, data in packed.items()]


def hours_in(months: Iterable[UtilityMonth], start: int, end: int) -> dict[int, MeteredHour]:
    """The hours that begin in [start, end), by their first second."""
    return {
        hour.start: hour for month in months for hour in month.hours() if start <= hour.start < end
    }
