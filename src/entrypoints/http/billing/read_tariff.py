"""Tariffs as the domain has them, of what came over HTTP."""

from collections.abc import Sequence
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable
from domain.billing.money import Currency
from domain.billing.tariffs.charges import (
    TAXABLE,
    Adjustment,
    FixedCharge,
    MinimumBill,
    Percentage,
)
from domain.billing.tariffs.demand import DemandCharge, DemandPeriod, DemandTier
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, Tier
from domain.billing.tariffs.exports import ExportPeriod, NetBilling, NetMetering
from domain.billing.tariffs.holidays import NO_HOLIDAYS, HolidayRule
from domain.billing.tariffs.schedules import HOLIDAY, Schedule, table_of
from domain.billing.tariffs.tariff import Rates, Tariff
from entrypoints.http.schemas import tariffs as schemas

DAYS: Sequence[schemas.DayName] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "holiday",
)
"""As a schedule has its tables."""


def read_tariff(told: schemas.TariffSchema) -> Tariff:
    """Raises TariffUnacceptable."""
    return Tariff(
        name=told.name,
        currency=Currency(told.currency),
        rates=tuple(_rates(rates) for rates in told.rates),
        billing_day=told.billing_day,
        holidays=NO_HOLIDAYS if told.holidays is None else _holidays(told.holidays),
    )


def _rates(told: schemas.RatesSchema) -> Rates:
    if told.net_metering is not None and told.net_billing is not None:
        raise TariffUnacceptable("netMetering, netBilling: give one of them, or none.")
    return Rates(
        since=told.since,
        energy=EnergyRates(
            periods=tuple(
                EnergyPeriod(
                    period.name,
                    tuple(Tier(tier.price, tier.up_to_kwh) for tier in period.tiers),
                )
                for period in told.energy.periods
            ),
            schedule=_schedule(told.energy.schedule),
            tiers_by=told.energy.tiers_by,
            limits_per=told.energy.limits_per,
        ),
        adjustments=tuple(Adjustment(each.name, each.price) for each in told.adjustments),
        demand=tuple(_demand(each) for each in told.demand),
        fixed=tuple(FixedCharge(each.name, each.amount, each.by) for each in told.fixed),
        export=_export(told),
        minimum=(
            None
            if told.minimum is None
            else MinimumBill(told.minimum.name, told.minimum.amount, told.minimum.by)
        ),
        percentages=tuple(
            Percentage(each.name, each.percent, TAXABLE if each.on is None else frozenset(each.on))
            for each in told.percentages
        ),
    )


def _demand(told: schemas.DemandSchema) -> DemandCharge:
    return DemandCharge(
        periods=tuple(
            DemandPeriod(
                period.name,
                tuple(DemandTier(tier.price, tier.up_to_kw) for tier in period.tiers),
            )
            for period in told.periods
        ),
        schedule=_schedule(told.schedule),
    )


def _export(told: schemas.RatesSchema) -> NetMetering | NetBilling | None:
    if told.net_metering is not None:
        return NetMetering(
            name=told.net_metering.name,
            excess_price=told.net_metering.excess_price,
            settles_in=told.net_metering.settles_in,
            settle_price=told.net_metering.settle_price or Decimal(),
        )
    if told.net_billing is not None:
        return NetBilling(
            periods=tuple(
                ExportPeriod(period.name, period.price) for period in told.net_billing.periods
            ),
            schedule=_schedule(told.net_billing.schedule),
        )
    return None


def _schedule(told: schemas.TariffSchedule | None) -> Schedule:
    if told is None:
        return Schedule.always()
    usual = Schedule.of(weekday=told.weekday, weekend=told.weekend)
    own = {DAYS.index(name): table_of(table) for name, table in told.days.items()}
    return Schedule(tuple(own.get(place, usual.tables[place]) for place in range(HOLIDAY + 1)))


def _holidays(told: schemas.HolidaysSchema) -> HolidayRule:
    return HolidayRule(
        country=told.country,
        subdivision=told.subdivision,
        names=frozenset(told.names),
        observed=told.observed,
        days=frozenset(told.days),
    )
