"""Money: exact while it is worked out, and rounded once, half to even."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.billing.errors import CurrenciesDiffer, CurrencyUnknown

FINE_DECIMALS = 6
"""What hours, days and months are told with; a bill has its currency's own."""

NO_MINOR_UNIT = re.compile("BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF")
THREE_DECIMALS = re.compile("BHD|IQD|JOD|KWD|LYD|OMR|TND")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its code of ISO 4217; raises CurrencyUnknown."""

    code: str

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{3}", self.code):
            raise CurrencyUnknown(
                f"currency: '{self.code[:10]}' is no currency; write three capitals, such as USD."
            )

    @property
    def decimals(self) -> int:
        """How many its smallest coin has: 2 for the cent."""
        if NO_MINOR_UNIT.match(self.code):
            return 0
        return 3 if THREE_DECIMALS.match(self.code) else 2


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency."""

    amount: Decimal
    currency: Currency

    def __add__(self, other: "Money") -> "Money":
        """Both together; raises CurrenciesDiffer."""
        if self.currency != other.currency:
            raise CurrenciesDiffer
        return Money(self.amount + other.amount, self.currency)


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """The nearest amount with so many decimals, half to even."""
    return Decimal(round(exact * 10**decimals)).scaleb(-decimals)


def shared_out(parts: Sequence[Fraction], decimals: int) -> list[Decimal]:
    """The parts with so many decimals, made to add up to their rounded sum.

    By largest remainder: each is rounded down, and those that lost most get a unit more; the
    earlier one of two that lost alike.
    """
    units = [part * 10**decimals for part in parts]
    whole = [unit.__floor__() for unit in units]
    missing = round(sum(units, Fraction())) - sum(whole)
    lost = sorted(range(len(units)), key=lambda place: whole[place] - units[place])
    for place in lost[:missing]:
        whole[place] += 1
    return [Decimal(unit).scaleb(-decimals) for unit in whole]
