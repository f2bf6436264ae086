"""A charge: an exact amount, and what it is for, so that any part of it can be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.hours import QUARTER_SECONDS
from domain.billing.tariffs.lines import LineKind

MILLIJOULES_PER_KW_QUARTER = 1_000_000 * QUARTER_SECONDS
"""One kilowatt for a quarter of an hour."""


class Unit(StrEnum):
    """What the quantity of a charge counts."""

    KWH = "kWh"
    KW = "kW"
    DAYS = "days"
    MONTHS = "months"
    PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Taken:
    """For energy taken: slots of [first, after) where `mask` has a 1, `millijoules` in all."""

    first: int
    after: int
    mask: bytes
    millijoules: int


@dataclass(frozen=True, slots=True)
class Given:
    """For energy given, in the same way."""

    first: int
    after: int
    mask: bytes
    millijoules: int


@dataclass(frozen=True, slots=True)
class Standing:
    """For the slots of [first, after), whatever was used in them."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Highest:
    """For one quarter hour of a slot, which took `millijoules`."""

    place: int
    quarter: int
    millijoules: int


Basis = Taken | Given | Standing | Highest
Key = int | Standing
"""What tells bases apart: all that stands over the same slots is one."""

Dues = dict[Key, tuple[Basis, Fraction]]
"""What is due for each basis, in whole units of currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """So much of a charge, in whole units of currency, is for that."""

    amount: Fraction
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line in the making. `pieces` None: it can't be told, for the reason `unknown`.

    `coverage` is how much of what it is for was held; `price` is of one unit of the quantity.
    """

    name: str
    kind: LineKind
    unit: Unit
    pieces: tuple[Piece, ...] | None
    quantity: Fraction | None
    price: Decimal | None = None
    coverage: Fraction = Fraction(1)
    unknown: str | None = None

    @property
    def amount(self) -> Fraction:
        """In whole units of currency; 0 where it can't be told."""
        return sum((piece.amount for piece in self.pieces or ()), Fraction())


def key_of(basis: Basis) -> Key:
    """What is alike is due together; masks are long, so energy is told apart by where it is."""
    return basis if isinstance(basis, Standing) else id(basis)


def dues_of(charges: Iterable[Charge]) -> Dues:
    """What is due for each basis, all charges together."""
    found: Dues = {}
    for charge in charges:
        for piece in charge.pieces or ():
            key = key_of(piece.basis)
            basis, before = found.get(key, (piece.basis, Fraction()))
            found[key] = basis, before + piece.amount
    return found


def kilowatt_hours(millijoules: int) -> Fraction:
    """Exactly."""
    return Fraction(millijoules, MILLIJOULES_PER_KWH)


def kilowatts(millijoules: int) -> Fraction:
    """The mean power of a quarter hour in which so much was taken, exactly."""
    return Fraction(millijoules, MILLIJOULES_PER_KW_QUARTER)
