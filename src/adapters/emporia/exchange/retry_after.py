"""Times in headers: `Retry-After`, in both of its forms, and dates."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from domain.emporia.cloud.breaker import LONGEST_RETRY_AFTER_SECONDS

_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)


def retry_after_seconds(header: str | None, *, now: datetime) -> float | None:
    """How long to wait: 0 for a past date, five minutes at most; None where nothing is told."""
    if header is None:
        return None
    text = header.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST_RETRY_AFTER_SECONDS)
    moment = http_date(text)
    if moment is None:
        return None
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY_AFTER_SECONDS)


def http_date(header: str | None) -> datetime | None:
    """The instant (UTC) that a header names, None where it names none."""
    if header is None:
        return None
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
