"""What the highest demand costs: the mean power of the quarter hour that took most."""

from dataclasses import dataclass
from decimal import Decimal

from domain.billing.tariffs.checks import (
    MOST_PERIODS,
    require_amount,
    require_count,
    require_indices,
    require_limit,
    require_limits,
    require_name,
    require_unlike,
)
from domain.billing.tariffs.schedules import Schedule


@dataclass(frozen=True, slots=True)
class DemandTier:
    """A price for each kW up to a limit, counted from 0; None goes on for ever."""

    price: Decimal
    up_to_kw: Decimal | None = None

    def __post_init__(self) -> None:
        require_amount(self.price, field="price")
        require_limit(self.up_to_kw, field="upToKw")


@dataclass(frozen=True, slots=True)
class DemandPeriod:
    """When a demand counts for itself: how its line is named, and its tiers."""

    name: str
    tiers: tuple[DemandTier, ...]

    def __post_init__(self) -> None:
        require_name(self.name, field="name")
        require_limits([tier.up_to_kw for tier in self.tiers], field="upToKw")

    @classmethod
    def flat(cls, name: str, price: Decimal) -> "DemandPeriod":
        """One price, however much."""
        return cls(name, (DemandTier(price),))


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandCharge:
    """For each of its periods, the highest quarter hour within the bill, at that period's price.

    A flat charge has a schedule of months alone. Where a bill has days of months that a period has
    no hour in, as at the turn of seasons, the period is due for the share of the other days.
    """

    periods: tuple[DemandPeriod, ...]
    schedule: Schedule

    def __post_init__(self) -> None:
        require_count(self.periods, field="demand.periods", least=1, most=MOST_PERIODS)
        require_unlike([period.name for period in self.periods], field="demand.periods")
        require_indices(self.schedule.highest, self.periods, field="demand")
