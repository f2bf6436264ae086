"""What a frame tells of a home's costs, as a line of text; nothing of it is worked out here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from domain.billing.money import Currency
from entrypoints.watch.legible import legible

UNKNOWN = "—"
KNOWN_WELL = 0.995
"""The share of a time from which nothing is said of how much of it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCosts:
    """The costs of the home with these devices, each a name and what is told; a dash is unknown."""

    gids: frozenset[int]
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "HomeCosts":
        """Read one of a frame's costs."""
        return cls(gids=frozenset(told["deviceGids"]), parts=tuple(_parts(told)))


def _parts(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    currency = told["currency"]
    yield "price", _price(told["price"], currency)
    yield "today", _so_far(told["today"], currency)
    yield "bill", _so_far(told["bill"], currency)
    yield "peak", _peak(told["peak"])
    if told["pricedBy"]["source"] != "own":
        yield "by", legible(told["pricedBy"]["name"])


def _price(price: Mapping[str, Any] | None, currency: str) -> str:
    if price is None:
        return UNKNOWN
    return legible(f"{price['perKwh']} {currency}/kWh ({price['line']})")


def _so_far(so_far: Mapping[str, Any], currency: str) -> str:
    if so_far["amount"] is None:
        return UNKNOWN
    coin = Decimal(1).scaleb(-Currency(currency).decimals)
    amount = Decimal(so_far["amount"]).quantize(coin, ROUND_HALF_EVEN)
    known = so_far["coverage"]
    return f"{amount:,} {currency}" + ("" if known >= KNOWN_WELL else f" ({known:.0%} known)")


def _peak(peak: Mapping[str, Any] | None) -> str:
    return UNKNOWN if peak is None else legible(f"{peak['kilowatts']:.1f} kW at {peak['at']}")
