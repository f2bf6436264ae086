"""When a zone changes its clock, so that habits follow local time and energy is still exact."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS


def local_stretches(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """[start, end) cut where the zone changes its clock: (start, end, offset of local time)."""
    changes = [
        change
        for year in range(_utc_year(start), _utc_year(end) + 1)
        for change in _clock_changes(zone, year)
        if start < change < end
    ]
    for begin, finish in pairwise([start, *changes, end]):
        yield begin, finish, _offset(zone, begin)


@lru_cache(maxsize=1_024)
def _clock_changes(zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """The seconds at which the zone's offset changes, found between days that differ."""
    days = range(_year_start(year), _year_start(year + 1) + 1, DAY_SECONDS)
    return tuple(
        _first_second_of(zone, low, high)
        for low, high in pairwise(days)
        if _offset(zone, low) != _offset(zone, high)
    )


def _first_second_of(zone: ZoneInfo, low: int, high: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == _offset(zone, low):
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _utc_year(at: int) -> int:
    return datetime.fromtimestamp(at, UTC).year


def _year_start(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
