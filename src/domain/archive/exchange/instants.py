"""Instants as text, many in a row: the date is worked out once for a quarter of an hour."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from domain.archive.spans import HOUR_SECONDS

QUARTER_SECONDS = 900
"""Clocks change at quarters, and what they differ by from UTC are whole ones."""

WITHIN_HOUR = tuple(f"{minute:02}:{second:02}" for minute in range(60) for second in range(60))


def instant_texts(starts: Iterable[int], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Each second since 1970 in UTC and, with its offset, in the zone: ISO 8601."""
    for quarter, group in groupby(starts, key=_quarter):
        moment = datetime.fromtimestamp(quarter * QUARTER_SECONDS, UTC)
        here = moment.astimezone(zone)
        local_text = here.isoformat()
        seconds = quarter * QUARTER_SECONDS % HOUR_SECONDS
        date = moment.isoformat()[:14]
        local_date, offset = local_text[:14], local_text[19:]
        shift = here.minute * 60 - seconds
        if here.second or here.minute % 15:  # clocks of before 1973, to the second
            for at in group:
                yield date + WITHIN_HOUR[at % HOUR_SECONDS] + "Z", _exact(at, zone)
            continue
        for at in group:
            within = at % HOUR_SECONDS
            yield (
                f"{date}{WITHIN_HOUR[within]}Z",
                f"{local_date}{WITHIN_HOUR[within + shift]}{offset}",
            )


def _quarter(at: int) -> int:
    return at // QUARTER_SECONDS


def _exact(at: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).isoformat()
