"""A stretch of slots within a priced period, and how much of each charge lies in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress

from domain.billing.pricing.charge import Basis, Charge, Given, Highest, Taken
from domain.billing.pricing.price import Priced


@dataclass(frozen=True, slots=True)
class Cell:
    """The slots [first, after) of a priced period."""

    priced: Priced
    first: int
    after: int

    def part(self, basis: Basis) -> Fraction:
        """How much of all that the basis is for lies here, from 0 to 1."""
        metered = self.priced.stretch.metered
        if isinstance(basis, Taken):
            return self.part_of(metered.imported, basis)
        if isinstance(basis, Given):
            return self.part_of(metered.exported, basis)
        if isinstance(basis, Highest):
            return Fraction(self.first <= basis.place < self.after)
        common = min(basis.after, self.after) - max(basis.first, self.first)
        return Fraction(max(0, common), basis.after - basis.first)

    def part_of(self, column: Sequence[int], basis: Taken | Given) -> Fraction:
        """The sum of a column's slots that lie here and that the basis counts, as part of it."""
        first, after = max(basis.first, self.first), min(basis.after, self.after)
        if first >= after or not basis.millijoules:
            return Fraction()
        mask = basis.mask[first - basis.first : after - basis.first]
        return Fraction(sum(compress(column[first:after], mask)), basis.millijoules)

    def amount(self, charges: Iterable[Charge]) -> Fraction:
        """What of these charges lies here, in whole units of currency."""
        return sum((due * self.part(basis) for basis, due in bases_of(charges)), Fraction())


def bases_of(charges: Iterable[Charge]) -> list[tuple[Basis, Fraction]]:
    """What is due for each basis, all charges together."""
    found: dict[int, tuple[Basis, Fraction]] = {}
    for charge in charges:
        for piece in charge.pieces or ():
            basis, before = found.get(id(piece.basis), (piece.basis, Fraction()))
            found[id(piece.basis)] = basis, before + piece.amount
    return list(found.values())
