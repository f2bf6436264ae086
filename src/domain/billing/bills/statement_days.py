"""Which local days a statement is for: a month, or days from one to another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.billing.periods import days_in_month
from domain.errors import InvalidInput

MOST_DAYS = 366
FIRST_YEAR, LAST_YEAR = 1970, 9998

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class StatementDays:
    """The local days of [first, end) of a home, at most a year of them; raises InvalidInput."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.first >= self.end:
            raise InvalidInput("start: must be before end.")
        if (self.end - self.first).days > MOST_DAYS:
            raise InvalidInput(f"end: ask for {MOST_DAYS} days at most.")

    @classmethod
    def read(cls, *, month: str | None, start: str | None, end: str | None) -> "StatementDays":
        """A month such as `2026-03`, or two days such as `2026-03-15`, the second exclusive.

        Raises InvalidInput for what is neither, and where both are named, or none.
        """
        if month is not None and start is None and end is None:
            return cls._of_month(month)
        if month is None and start is not None and end is not None:
            return cls(_day(start, name="start"), _day(end, name="end"))
        raise InvalidInput(
            "month: name a month, such as 2026-03, or start and end, such as 2026-03-15, not both."
        )

    @classmethod
    def _of_month(cls, text: str) -> "StatementDays":
        first = _date(f"{text}-01") if _MONTH.fullmatch(text) else None
        if first is None:
            raise InvalidInput(
                f"month: '{text[:40]}' is no month; write year and month, such as 2026-03."
            )
        return cls(first, first + timedelta(days=days_in_month(first)))


def _day(text: str, *, name: str) -> date:
    found = _date(text) if _DAY.fullmatch(text) else None
    if found is None:
        raise InvalidInput(
            f"{name}: '{text[:40]}' is no day; write year, month and day, such as 2026-03-15."
        )
    return found


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
