"""What a kilowatt-hour costs: flat, in tiers, by time of use, and tiers within times of use."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

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


class TiersBy(StrEnum):
    """What tiers are counted over.

    Of a calendar month that a bill holds only a part of, the tiers are as much narrower.
    """

    BILL = "bill"
    MONTH = "month"


class LimitsPer(StrEnum):
    """What the limits of tiers are for: all that is counted, or each day of it."""

    PERIOD = "period"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Tier:
    """A price for each kWh up to a limit, counted from 0; None goes on for ever."""

    price: Decimal
    up_to_kwh: Decimal | None = None

    def __post_init__(self) -> None:
        require_amount(self.price, field="price")
        require_limit(self.up_to_kwh, field="upToKwh")


@dataclass(frozen=True, slots=True)
class EnergyPeriod:
    """A time of use: how its line is named, and its tiers, the last of which has no limit."""

    name: str
    tiers: tuple[Tier, ...]

    def __post_init__(self) -> None:
        require_name(self.name, field="name")
        require_limits([tier.up_to_kwh for tier in self.tiers], field="upToKwh")

    @classmethod
    def flat(cls, name: str, price: Decimal) -> "EnergyPeriod":
        """One price, however much."""
        return cls(name, (Tier(price),))


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyRates:
    """The prices of energy and when they hold.

    All energy is counted together. Each period lays it on its own tiers and takes its share of
    each: half of the energy in a period pays half of every tier at that period's prices.
    """

    periods: tuple[EnergyPeriod, ...]
    schedule: Schedule
    tiers_by: TiersBy = TiersBy.BILL
    limits_per: LimitsPer = LimitsPer.PERIOD

    def __post_init__(self) -> None:
        require_count(self.periods, field="energy.periods", least=1, most=MOST_PERIODS)
        require_unlike([period.name for period in self.periods], field="energy.periods")
        require_indices(self.schedule.highest, self.periods, field="energy")

    @classmethod
    def flat(cls, name: str, price: Decimal) -> "EnergyRates":
        """One price, whenever."""
        return cls(periods=(EnergyPeriod.flat(name, price),), schedule=Schedule.always())
