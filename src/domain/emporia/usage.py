"""Energy used: scales, units, and series of buckets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from domain.errors import InvalidInput

Document = Mapping[str, Any]
"""A JSON object that is carried to clients as it is; the core never looks into it."""

JOULES_PER_KWH = 3_600_000

E = TypeVar("E", bound=Enum)


class Scale(Enum):
    """The width of a bucket, in Emporia's spelling."""

    SECOND = "1S"
    MINUTE = "1MIN"
    QUARTER_HOUR = "15MIN"
    HOUR = "1H"
    DAY = "1D"
    WEEK = "1W"
    MONTH = "1MON"
    YEAR = "1Y"

    __hash__ = object.__hash__  # by identity, as they compare: Enum's own takes a call and a hash

    @classmethod
    def parse(cls, text: str) -> "Scale":
        """Read a scale; case matters, as it does to Emporia. Raises InvalidInput."""
        return _parse(cls, text, name="scale")

    @property
    def seconds(self) -> int | None:
        """The width in seconds, None where the calendar decides it (a day and wider)."""
        return _SECONDS.get(self)

    def power_seconds(self, unit: "EnergyUnit") -> int | None:
        """The width in seconds where a bucket is a power, None where it is none.

        It is one at 1S and 1MIN in kWh, whose buckets are complete when they are told; the total
        of a bucket that still grows is none.
        """
        is_power = unit is EnergyUnit.KILOWATT_HOURS and self in (Scale.SECOND, Scale.MINUTE)
        return self.seconds if is_power else None


_SECONDS = {Scale.SECOND: 1, Scale.MINUTE: 60, Scale.QUARTER_HOUR: 900, Scale.HOUR: 3600}


class EnergyUnit(Enum):
    """What usage is counted in, in Emporia's spelling."""

    KILOWATT_HOURS = "KilowattHours"
    DOLLARS = "Dollars"
    AMP_HOURS = "AmpHours"
    TREES = "Trees"
    GALLONS_OF_GAS = "GallonsOfGas"
    MILES_DRIVEN = "MilesDriven"
    CARBON = "Carbon"
    VOLTAGE = "Voltage"

    __hash__ = object.__hash__

    @classmethod
    def parse(cls, text: str) -> "EnergyUnit":
        """Read a unit; case matters, as it does to Emporia. Raises InvalidInput."""
        return _parse(cls, text, name="energyUnit")


def mean_watts(kwh: float | None, *, seconds: int) -> float | None:
    """The mean power of so many kWh in so many seconds; None stays None."""
    return None if kwh is None else kwh * JOULES_PER_KWH / seconds


def _parse(kind: type[E], text: str, *, name: str) -> E:
    try:
        return kind(text)
    except ValueError:
        allowed = ", ".join(str(member.value) for member in kind)
        raise InvalidInput(f"{name}: '{text[:40]}' is not known; allowed are {allowed}.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartUsage:
    """A series of buckets of one width; value i covers the i-th bucket from the first instant.

    None stands for a gap in the data, which is not zero. Without any bucket Emporia names no
    first instant either.
    """

    first_usage_instant: datetime | None
    usages: Sequence[float | None]
