"""Reading a stranger's decoded JSON: each field is checked, and named where it is wrong."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import LARGEST_AMOUNT, MOST_DECIMALS, MOST_PERIODS, MOST_TIERS
from domain.billing.tariffs.schedules import HOURS, MONTHS, Schedule

Object = Mapping[str, object]

LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
FINEST = Decimal(1).scaleb(-MOST_DECIMALS)


def number(document: Object, field: str) -> Decimal | None:
    """The number in a field, None where it has none; raises TariffUnacceptable."""
    return number_of(document.get(field), field)


def number_of(value: object, field: str) -> Decimal | None:
    """The value as a number; raises TariffUnacceptable for what is none, or too large."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TariffUnacceptable(f"{field}: write a number.")
    if not abs(value) <= int(LARGEST_AMOUNT):
        raise TariffUnacceptable(f"{field}: a number is {LARGEST_AMOUNT:,} at most.")
    told = Decimal(str(value))
    return told if told == told.to_integral_value() else told.quantize(FINEST).normalize()


def day(document: Object, field: str) -> date | None:
    """The day (UTC) of seconds since 1970, None where it has none; raises TariffUnacceptable."""
    value = document.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LATEST:
        raise TariffUnacceptable(f"{field}: write seconds since 1970, of a year before 2100.")
    return datetime.fromtimestamp(int(value), UTC).date()


def text(document: Object, field: str) -> str | None:
    """The text in a field, None where it has none or an empty one; raises TariffUnacceptable."""
    value = document.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise TariffUnacceptable(f"{field}: write text.")
    return " ".join(value.split()) or None


def structure(document: Object, field: str) -> list[list[Object]]:
    """Periods of tiers, none where the field is missing; raises TariffUnacceptable."""
    periods = _list(document.get(field), field, most=MOST_PERIODS)
    tiers = [_list(period, field, most=MOST_TIERS) for period in periods]
    if not all(isinstance(tier, dict) for period in tiers for tier in period):
        raise TariffUnacceptable(f"{field}: a tier is an object such as {{'rate': 0.12}}.")
    return [[tier for tier in period if isinstance(tier, dict)] for period in tiers]


def schedule(document: Object, prefix: str) -> Schedule:
    """`<prefix>weekdayschedule` and `<prefix>weekendschedule`; raises TariffUnacceptable."""
    weekday, weekend = (
        _table(document.get(f"{prefix}{days}schedule"), f"{prefix}{days}schedule")
        for days in ("weekday", "weekend")
    )
    if weekday is None and weekend is None:
        return Schedule.always()
    if weekday is None or weekend is None:
        raise TariffUnacceptable(
            f"{prefix}weekdayschedule, {prefix}weekendschedule: give both or none."
        )
    return Schedule.of(weekday=weekday, weekend=weekend)


def months(document: Object, field: str) -> list[int]:
    """A period for each month, 0 where the field is missing; raises TariffUnacceptable."""
    value = document.get(field)
    return [0] * MONTHS if value is None else _periods(value, field, MONTHS)


def _table(value: object, field: str) -> list[list[int]] | None:
    if value is None:
        return None
    rows = _list(value, field, most=MONTHS)
    if len(rows) != MONTHS:
        raise TariffUnacceptable(f"{field}: give {MONTHS} months of {HOURS} hours.")
    return [_periods(row, field, HOURS) for row in rows]


def _periods(value: object, field: str, count: int) -> list[int]:
    found = _list(value, field, most=count)
    periods = [each for each in found if isinstance(each, int) and 0 <= each < MOST_PERIODS]
    if len(found) != count or len(periods) != count:
        raise TariffUnacceptable(
            f"{field}: give {count} periods, each a number from 0 to {MOST_PERIODS - 1}."
        )
    return periods


def _list(value: object, field: str, *, most: int) -> Sequence[object]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > most:
        raise TariffUnacceptable(f"{field}: give a list of {most} at most.")
    return value
