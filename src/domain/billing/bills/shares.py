"""Which part of a bill is whose: the rule by which circuits share what the home pays.

- Energy, by kWh in each slot, at the average price of the slot's time of use: so all tiers are
  shared alike. Where circuits used more in a slot than was taken from the grid, as under the sun,
  what was taken is shared among them in proportion.
- Demand, by their parts in the quarter hour that was highest; where the quarter is not held of
  all of them, by kWh in its slot.
- What stands fixed, and what a minimum lacks, by their kWh of the whole bill.
- Percentages, as the lines that they are of.
- What no circuit used, and all credits for what was given, are the rest's.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, sub

from domain.billing.bills.cells import Cell
from domain.billing.pricing.charge import Basis, Given, Highest, Taken
from domain.billing.pricing.metered import Metered


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """What one circuit took, in the home's own slots."""

    key: str
    metered: Metered


class Shares:
    """What each circuit has of what the home took, slot by slot, in millijoules."""

    def __init__(self, home: Metered, circuits: Sequence[Circuit]) -> None:
        """The circuits are metered over just the home's slots."""
        self.circuits = tuple(circuits)
        self._home = home
        self._parts: dict[tuple[int, int, int], Fraction] = {}
        used = array("q", bytes(8 * home.count))
        for circuit in circuits:
            used = array("q", map(add, used, circuit.metered.imported))
        more = array("q", map(sub, used, home.imported))
        tight = [place for place, over in enumerate(more) if over > 0]
        self._columns = [
            _scaled(circuit.metered.imported, home.imported, used, tight) for circuit in circuits
        ]

    def taken(self, circuit: int, first: int, after: int) -> int:
        """What the circuit has of the slots in [first, after)."""
        return sum(self._columns[circuit][first:after])

    def known_seconds(self, circuit: int, first: int, after: int) -> int:
        """How long the circuit is known in the slots in [first, after)."""
        return sum(self.circuits[circuit].metered.known_seconds[first:after])

    def share(self, circuit: int, basis: Basis, cell: Cell) -> Fraction:
        """The circuit's part of all that the basis is for, as far as that lies in the cell."""
        if isinstance(basis, Taken):
            return cell.part_of(self._columns[circuit], basis)
        if isinstance(basis, Given):
            return Fraction()
        if isinstance(basis, Highest):
            return cell.part(basis) * self._of_peak(circuit, basis)
        stretch = cell.priced.stretch
        return cell.part(basis) * self._of_all(circuit, stretch.first, stretch.after)

    def _of_all(self, circuit: int, first: int, after: int) -> Fraction:
        part = self._parts.get((circuit, first, after))
        if part is None:
            home = sum(self._home.imported[first:after])
            part = Fraction(self.taken(circuit, first, after), home) if home else Fraction()
            self._parts[circuit, first, after] = part
        return part

    def _of_peak(self, circuit: int, peak: Highest) -> Fraction:
        if not all(each.metered.held[peak.place] for each in self.circuits):
            return self._of_all(circuit, peak.place, peak.place + 1)
        place = peak.place * self._home.quarters_a_slot + peak.quarter
        parts = [max(0, each.metered.quarters[place]) for each in self.circuits]
        whole = max(peak.millijoules, sum(parts))
        return Fraction(parts[circuit], whole) if whole else Fraction()


def _scaled(
    column: "array[int]", taken: "array[int]", used: "array[int]", tight: Sequence[int]
) -> "array[int]":
    """The column, less where circuits used more than was taken; rounded down."""
    scaled = column[:]
    for place in tight:
        scaled[place] = column[place] * taken[place] // used[place]
    return scaled
