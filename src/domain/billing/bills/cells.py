"""A stretch of slots within a priced period, and how much of each charge lies in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import compress

from domain.billing.bills.bill import merged
from domain.billing.pricing.charge import Basis, Dues, Given, Highest, Key, Taken, dues_of
from domain.billing.pricing.price import Priced
from domain.billing.tariffs.lines import LineKind

LineName = tuple[LineKind, str]


@dataclass(frozen=True)
class Owed:
    """What a priced period comes to by what it is for: worked out once, for all of its cells."""

    priced: Priced

    @cached_property
    def dues(self) -> Dues:
        """All lines together."""
        return dues_of(self.priced.charges)

    @cached_property
    def lines(self) -> dict[LineName, Dues | None]:
        """Line by line, in the order of a bill; None for one that can't be told."""
        return {
            (charge.kind, charge.name): None if charge.pieces is None else dues_of([charge])
            for charge in merged(self.priced.charges)
        }


@dataclass(frozen=True)
class Cell:
    """The slots [first, after) of a priced period."""

    owed: Owed
    first: int
    after: int

    @property
    def priced(self) -> Priced:
        """The period."""
        return self.owed.priced

    @cached_property
    def parts(self) -> dict[Key, Fraction]:
        """How much of what each basis is for lies here; those of which nothing does are left out.

        A cell of an hour has a slot of one time of use, however many a tariff has.
        """
        parts = ((key, self.part(basis)) for key, (basis, _) in self.owed.dues.items())
        return {key: part for key, part in parts if part}

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

    @property
    def amount(self) -> Fraction:
        """What of all charges lies here, in whole units of currency."""
        return self.amount_of(self.owed.dues)

    def amount_of(self, dues: Dues) -> Fraction:
        """What of these, which are some of the period's, lies here."""
        return sum(
            (dues[key][1] * part for key, part in self.parts.items() if key in dues), Fraction()
        )

    def of(self, dues: Dues) -> Iterator[tuple[Basis, Fraction]]:
        """Those of these, which are some of the period's, of which something lies here."""
        return (dues[key] for key in self.parts if key in dues)


def priced_from(cells: Sequence[Cell]) -> int:
    """The first slot of cells in a row that has rates; where none has, the end of the last one.

    A period that ends before the tariff's first day tells of no slot at all.
    """
    found = (
        max(cell.first, cell.priced.priced_first)
        for cell in cells
        if cell.priced.priced_first < cell.after
    )
    return min(found, default=cells[-1].after)
