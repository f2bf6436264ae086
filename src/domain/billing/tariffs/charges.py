"""What stands on a bill beside energy and demand."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import require_amount, require_name
from domain.billing.tariffs.lines import LineKind


class By(StrEnum):
    """What an amount is due for: each local day, or each billing period."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class FixedCharge:
    """An amount that is due whatever was used."""

    name: str
    amount: Decimal
    by: By = By.MONTH

    def __post_init__(self) -> None:
        require_name(self.name, field="fixed.name")
        require_amount(self.amount, field="fixed.amount")


@dataclass(frozen=True, slots=True)
class MinimumBill:
    """What all the lines before it come to at least; its line is what was missing."""

    name: str
    amount: Decimal
    by: By = By.MONTH

    def __post_init__(self) -> None:
        require_name(self.name, field="minimum.name")
        require_amount(self.amount, field="minimum.amount", negative=False)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A price for each kWh that is paid for, beside its own: for fuel, for programmes."""

    name: str
    price: Decimal

    def __post_init__(self) -> None:
        require_name(self.name, field="adjustments.name")
        require_amount(self.price, field="adjustments.price")


TAXABLE = frozenset(LineKind) - {LineKind.PERCENTAGE}


@dataclass(frozen=True, slots=True)
class Percentage:
    """A tax or a share of other lines: those of the kinds `on`, never of other percentages."""

    name: str
    percent: Decimal
    on: frozenset[LineKind] = TAXABLE

    def __post_init__(self) -> None:
        require_name(self.name, field="percentages.name")
        require_amount(self.percent, field="percentages.percent")
        if abs(self.percent) > 100 or not self.on or not self.on <= TAXABLE:
            allowed = ", ".join(sorted(TAXABLE))
            raise TariffUnacceptable(
                f"percentages: write -100 to 100 per cent, on some of {allowed}."
            )
