"""A tariff: its rates, each from a day on, so that the past is priced as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.billing.errors import TariffUnacceptable
from domain.billing.money import Currency
from domain.billing.periods import Period
from domain.billing.tariffs.charges import Adjustment, FixedCharge, MinimumBill, Percentage
from domain.billing.tariffs.checks import MOST_RULES, MOST_VERSIONS, require_count, require_name
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.energy import EnergyRates
from domain.billing.tariffs.exports import NetBilling, NetMetering
from domain.billing.tariffs.holidays import NO_HOLIDAYS, HolidayRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """All rules that hold from the local day `since` on. Raises TariffUnacceptable."""

    since: date
    energy: EnergyRates
    adjustments: tuple[Adjustment, ...] = ()
    demand: tuple[DemandCharge, ...] = ()
    fixed: tuple[FixedCharge, ...] = ()
    export: NetMetering | NetBilling | None = None
    """None: what is given is worth nothing."""
    minimum: MinimumBill | None = None
    percentages: tuple[Percentage, ...] = ()

    def __post_init__(self) -> None:
        require_count(self.adjustments, field="adjustments", most=MOST_RULES)
        require_count(self.demand, field="demand", most=MOST_RULES)
        require_count(self.fixed, field="fixed", most=MOST_RULES)
        require_count(self.percentages, field="percentages", most=MOST_RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """Rates in the order in which they came. Raises TariffUnacceptable.

    `billing_day` begins the billing period; None takes the home's own. Of the time before the first
    rates no price is known.
    """

    name: str
    currency: Currency
    rates: tuple[Rates, ...]
    billing_day: int | None = None
    holidays: HolidayRule = NO_HOLIDAYS

    def __post_init__(self) -> None:
        require_name(self.name, field="name")
        require_count(self.rates, field="rates", least=1, most=MOST_VERSIONS)
        if self.billing_day is not None and not 1 <= self.billing_day <= 31:
            raise TariffUnacceptable("billingDay: a day of the month is a number from 1 to 31.")
        days = [rates.since for rates in self.rates]
        if sorted(set(days)) != days:
            raise TariffUnacceptable("rates: each begins (since) after the one before.")

    def parts(self, period: Period) -> Iterator[tuple[Period, Rates]]:
        """The period cut where rates change, each part with those that hold in it."""
        ends = [rates.since for rates in self.rates[1:]]
        for rates, end in zip(self.rates, [*ends, date.max], strict=True):
            part = period.part(rates.since, end)
            if part.days:
                yield part, rates
