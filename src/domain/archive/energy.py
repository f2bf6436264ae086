"""Energy as a whole number, so that sums are exact in whatever order they are made."""

from dataclasses import dataclass

MILLIJOULES_PER_KWH = 3_600_000_000
"""One milliwatt for a second is a millijoule."""

MOST_KWH = 1_000_000.0
"""No home uses more in any bucket: what the cloud tells beyond is no figure, and unknown here."""


@dataclass(frozen=True, slots=True, order=True)
class Energy:
    """So many millijoules; negative where more was given than taken."""

    millijoules: int

    @classmethod
    def of_kilowatt_hours(cls, kilowatt_hours: float) -> "Energy":
        """The nearest whole millijoule, half to even: it depends on this figure alone.

        So a window that is read again yields the same numbers, whatever was read before it.
        """
        return cls(round(kilowatt_hours * MILLIJOULES_PER_KWH))

    @property
    def kilowatt_hours(self) -> float:
        """What clients are told; within half a millijoule of what was measured."""
        return self.millijoules / MILLIJOULES_PER_KWH

    def __add__(self, other: "Energy") -> "Energy":
        """Exact."""
        return Energy(self.millijoules + other.millijoules)

    def __sub__(self, other: "Energy") -> "Energy":
        """Exact."""
        return Energy(self.millijoules - other.millijoules)
