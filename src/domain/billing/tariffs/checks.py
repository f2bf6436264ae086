"""The bounds of what a tariff may hold: strangers write them."""

from collections.abc import Sequence, Sized
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable

LONGEST_NAME = 80
MOST_PERIODS = 64
MOST_TIERS = 12
MOST_RULES = 24
MOST_VERSIONS = 60
MOST_DECIMALS = 8
LARGEST_AMOUNT = Decimal(1_000_000_000)


def require_name(name: str, *, field: str) -> None:
    """Raise TariffUnacceptable unless it can stand on a bill."""
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise TariffUnacceptable(
            f"{field}: give 1 to {LONGEST_NAME} characters that can be printed."
        )


def require_amount(amount: Decimal, *, field: str, negative: bool = True) -> None:
    """Raise TariffUnacceptable unless it is a number of sensible size and fineness."""
    if not amount.is_finite() or abs(amount) > LARGEST_AMOUNT or _decimals(amount) > MOST_DECIMALS:
        raise TariffUnacceptable(
            f"{field}: write a number up to {LARGEST_AMOUNT:,} with {MOST_DECIMALS} decimals at "
            "most."
        )
    if amount < 0 and not negative:
        raise TariffUnacceptable(f"{field}: it can't be negative.")


def require_count(things: Sized, *, field: str, most: int, least: int = 0) -> None:
    """Raise TariffUnacceptable where there are too few or too many."""
    if not least <= len(things) <= most:
        raise TariffUnacceptable(f"{field}: give {least} to {most} of them.")


def require_limits(limits: Sequence[Decimal | None], *, field: str) -> None:
    """Raise TariffUnacceptable unless each is higher than the one before, and the last is None."""
    require_count(limits, field="tiers", least=1, most=MOST_TIERS)
    *earlier, last = limits
    known = [limit for limit in earlier if limit is not None]
    if last is not None or len(known) < len(earlier) or sorted(set(known)) != known:
        raise TariffUnacceptable(
            f"tiers: each has a higher limit ({field}) than the one before, and only the last has "
            "none."
        )


def require_limit(limit: Decimal | None, *, field: str) -> None:
    """Raise TariffUnacceptable unless it is a positive amount, or None."""
    if limit is None:
        return
    require_amount(limit, field=field)
    if limit <= 0:
        raise TariffUnacceptable(f"{field}: a limit is more than 0.")


def require_unlike(names: Sequence[str], *, field: str) -> None:
    """Raise TariffUnacceptable where two have the same name: a bill could not tell them apart."""
    if len(set(names)) < len(names):
        raise TariffUnacceptable(f"{field}: each has a name of its own.")


def require_indices(used: int, defined: Sized, *, field: str) -> None:
    """Raise TariffUnacceptable where a schedule names a period that is not defined."""
    if used >= len(defined):
        raise TariffUnacceptable(
            f"{field}: the schedule names period {used}, but there are only {len(defined)}, "
            "counted from 0."
        )


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
