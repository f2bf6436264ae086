"""Points in time as people write them: ISO 8601, naive ones in UTC."""

import re
from datetime import UTC, datetime, timedelta

from domain.errors import InvalidInput

KNOWN_YEARS = range(1970, 2100)
"""Home energy was measured in these; outside them calendars and time zones mean little."""

_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{0,9}))?)?"
    r"(?:([Zz])|([+\- ])(\d{2}):?(\d{2})?)?)?",
    re.ASCII,
)


def parse_instant(text: str, *, name: str) -> datetime:
    """Read an ISO 8601 instant or date as UTC; raises InvalidInput naming `name`.

    Fractions have 0 to 9 digits, of which the first six count. A date alone is its first
    instant in UTC. A space may stand for the plus of an offset: that is what an unescaped plus
    in a query becomes.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise _unreadable(name, text)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    microsecond = int((match[7] or "").ljust(6, "0")[:6])
    offset_hours, offset_minutes = int(match[10] or 0), int(match[11] or 0)
    if year not in KNOWN_YEARS or offset_hours > 23 or offset_minutes > 59:
        raise _unreadable(name, text)
    offset = timedelta(hours=offset_hours, minutes=offset_minutes)
    try:
        local = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=UTC)
        return local + offset if match[9] == "-" else local - offset
    except ValueError:
        raise _unreadable(name, text) from None


def format_instant(instant: datetime) -> str:
    """Write a UTC instant as Emporia and the gateway do: ISO 8601 with `Z`, no idle fraction."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def format_seconds(seconds: int) -> str:
    """Write the instant so many seconds after 1970 began, in the same way."""
    return format_instant(datetime.fromtimestamp(seconds, UTC))


def _unreadable(name: str, text: str) -> InvalidInput:
    return InvalidInput(
        f"{name}: '{text[:40]}' is not an ISO 8601 instant of 1970 to 2099; "
        "2026-03-01T12:00:00Z is one."
    )
