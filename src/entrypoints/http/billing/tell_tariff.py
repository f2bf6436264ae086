"""Tariffs as they go over HTTP: what is told can be sent back as it is."""

from domain.billing.tariffs.charges import TAXABLE
from domain.billing.tariffs.exports import NetBilling, NetMetering
from domain.billing.tariffs.holidays import NO_HOLIDAYS, HolidayRule
from domain.billing.tariffs.kept import KeptTariff
from domain.billing.tariffs.schedules import Schedule, Table
from domain.billing.tariffs.tariff import Rates, Tariff
from domain.instants import format_instant
from entrypoints.http.billing.read_tariff import DAYS
from entrypoints.http.schemas import tariffs as schemas

MONDAY, SATURDAY = 0, 5


def tell_kept(kept: KeptTariff) -> schemas.KnownTariff:
    """A tariff that is kept."""
    return schemas.KnownTariff(
        id=str(kept.id),
        created_at=format_instant(kept.created_at),
        updated_at=format_instant(kept.updated_at),
        tariff=tell_tariff(kept.tariff, panels=kept.panels),
    )


def tell_tariff(tariff: Tariff, *, panels: frozenset[int]) -> schemas.TariffSchema:
    """A tariff, whether it is kept or not."""
    return schemas.TariffSchema(
        name=tariff.name,
        currency=tariff.currency.code,
        rates=[_rates(rates) for rates in tariff.rates],
        billing_day=tariff.billing_day,
        holidays=None if tariff.holidays == NO_HOLIDAYS else _holidays(tariff.holidays),
        panels=sorted(panels),
    )


def _rates(rates: Rates) -> schemas.RatesSchema:
    energy, export = rates.energy, rates.export
    return schemas.RatesSchema(
        since=rates.since,
        energy=schemas.EnergySchema(
            periods=[
                schemas.EnergyPeriodSchema(
                    period.name,
                    [schemas.EnergyTier(tier.price, tier.up_to_kwh) for tier in period.tiers],
                )
                for period in energy.periods
            ],
            schedule=_schedule(energy.schedule),
            tiers_by=energy.tiers_by,
            limits_per=energy.limits_per,
        ),
        adjustments=[schemas.AdjustmentSchema(each.name, each.price) for each in rates.adjustments],
        demand=[
            schemas.DemandSchema(
                periods=[
                    schemas.DemandPeriodSchema(
                        period.name,
                        [
                            schemas.DemandTierSchema(tier.price, tier.up_to_kw)
                            for tier in period.tiers
                        ],
                    )
                    for period in demand.periods
                ],
                schedule=_schedule(demand.schedule),
            )
            for demand in rates.demand
        ],
        fixed=[schemas.FixedSchema(each.name, each.amount, each.by) for each in rates.fixed],
        net_metering=_net_metering(export) if isinstance(export, NetMetering) else None,
        net_billing=_net_billing(export) if isinstance(export, NetBilling) else None,
        minimum=(
            None
            if rates.minimum is None
            else schemas.FixedSchema(rates.minimum.name, rates.minimum.amount, rates.minimum.by)
        ),
        percentages=[
            schemas.PercentageSchema(
                each.name, each.percent, None if each.on == TAXABLE else sorted(each.on)
            )
            for each in rates.percentages
        ],
    )


def _net_metering(export: NetMetering) -> schemas.NetMeteringSchema:
    return schemas.NetMeteringSchema(
        name=export.name,
        excess_price=export.excess_price,
        settles_in=export.settles_in,
        settle_price=export.settle_price,
    )


def _net_billing(export: NetBilling) -> schemas.NetBillingSchema:
    return schemas.NetBillingSchema(
        periods=[schemas.ExportPeriodSchema(each.name, each.price) for each in export.periods],
        schedule=_schedule(export.schedule),
    )


def _schedule(schedule: Schedule) -> schemas.TariffSchedule | None:
    """None for one period; days of their own where they are not as the weekday or weekend."""
    if schedule == Schedule.always():
        return None
    weekday, weekend = schedule.tables[MONDAY], schedule.tables[SATURDAY]
    usual = (weekday,) * 5 + (weekend,) * 2 + ((),)
    return schemas.TariffSchedule(
        weekday=_table(weekday),
        weekend=None if weekend == weekday else _table(weekend),
        days={
            name: _table(table)
            for name, table, other in zip(DAYS, schedule.tables, usual, strict=True)
            if table != other
        },
    )


def _table(table: Table) -> list[list[int]]:
    return [list(hours) for hours in table]


def _holidays(rule: HolidayRule) -> schemas.HolidaysSchema:
    return schemas.HolidaysSchema(
        country=rule.country,
        subdivision=rule.subdivision,
        names=sorted(rule.names),
        observed=rule.observed,
        days=sorted(rule.days),
    )
