"""What is given to the grid: set against what is taken, or paid for."""

from dataclasses import dataclass
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import (
    MOST_PERIODS,
    require_amount,
    require_count,
    require_indices,
    require_name,
    require_unlike,
)
from domain.billing.tariffs.schedules import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class NetMetering:
    """What was given in a period of the energy rates is set against what was taken in it.

    More than was taken is paid at `excess_price`; where that is None it is carried to the next
    bill, and set against what is taken in the same period, whenever that comes again. The bill that
    has the last day of the month `settles_in` pays what is left of all at `settle_price`, and
    carries nothing.
    """

    name: str
    excess_price: Decimal | None = None
    settles_in: int | None = None
    settle_price: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        require_name(self.name, field="export.name")
        require_amount(self.settle_price, field="export.settlePrice")
        if self.excess_price is not None:
            require_amount(self.excess_price, field="export.excessPrice")
        if self.settles_in is not None and not 1 <= self.settles_in <= 12:
            raise TariffUnacceptable("export.settlesIn: a month is a number from 1 to 12.")


@dataclass(frozen=True, slots=True)
class ExportPeriod:
    """When a price holds for what is given, and how its line is named."""

    name: str
    price: Decimal

    def __post_init__(self) -> None:
        require_name(self.name, field="name")
        require_amount(self.price, field="price")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetBilling:
    """All that is taken is paid, and all that is given is credited at the price of its time."""

    periods: tuple[ExportPeriod, ...]
    schedule: Schedule

    def __post_init__(self) -> None:
        require_count(self.periods, field="export.periods", least=1, most=MOST_PERIODS)
        require_unlike([period.name for period in self.periods], field="export.periods")
        require_indices(self.schedule.highest, self.periods, field="export")

    @classmethod
    def at(cls, name: str, price: Decimal) -> "NetBilling":
        """One price, whenever."""
        return cls(periods=(ExportPeriod(name, price),), schedule=Schedule.always())
