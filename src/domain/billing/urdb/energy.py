"""Prices of energy in the database's words, and what it pays for energy given."""

from collections.abc import Sequence
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import LONGEST_NAME
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, LimitsPer, Tier
from domain.billing.tariffs.exports import ExportPeriod, NetBilling, NetMetering
from domain.billing.urdb.fields import Object, number, schedule, structure, text
from domain.billing.urdb.tiers import period_names, read_tiers

LIMIT_UNITS = {None: LimitsPer.PERIOD, "kWh": LimitsPer.PERIOD, "kWh daily": LimitsPer.DAY}
TIER_FIELDS = frozenset({"rate", "adj", "max", "unit", "sell"})


def read_energy(document: Object, notes: list[str]) -> EnergyRates:
    """`energyratestructure` by its schedules; raises TariffUnacceptable where there is none."""
    field = "energyratestructure"
    found = structure(document, field)
    if not found:
        raise TariffUnacceptable(f"{field}: a tariff has a price for energy.")
    names = period_names(document, "energytoulabels", "Energy", len(found))
    return EnergyRates(
        periods=tuple(
            EnergyPeriod(
                name,
                tuple(Tier(*tier) for tier in read_tiers(tiers, TIER_FIELDS, name, notes)),
            )
            for name, tiers in zip(names, found, strict=True)
        ),
        schedule=schedule(document, "energy"),
        limits_per=_limits_per(found),
    )


def read_exports(
    document: Object, energy: EnergyRates, notes: list[str]
) -> NetMetering | NetBilling | None:
    """What `dgrules` say, or else `usenetmetering`, or else the prices `sell`."""
    rules = text(document, "dgrules")
    sells = [_sell(tiers, notes) for tiers in structure(document, "energyratestructure")]
    if rules == "Net Metering" or (rules is None and document.get("usenetmetering") is True):
        if any(sells):
            notes.append("sell: left out (net metering pays in energy).")
        return NetMetering(name="Energy given")
    if rules == "Net Billing Hourly":
        notes.append("dgrules: energy is taken and given within the hour here, not by its net.")
    elif rules not in (None, "Net Billing Instantaneous"):
        notes.append(f"dgrules: left out ('{rules[:LONGEST_NAME]}' is not supported).")
        return None
    if rules is None and not any(sells):
        return None
    return NetBilling(
        periods=tuple(
            ExportPeriod(f"Given: {period.name}"[:LONGEST_NAME], sell)
            if len(sells) > 1
            else ExportPeriod("Energy given", sell)
            for period, sell in zip(energy.periods, sells, strict=True)
        ),
        schedule=energy.schedule,
    )


def _limits_per(periods: Sequence[Sequence[Object]]) -> LimitsPer:
    """All tiers that have limits count them in the same unit."""
    units = {text(tier, "unit") for tiers in periods for tier in tiers[:-1] if len(tiers) > 1}
    if not units <= set(LIMIT_UNITS):
        raise TariffUnacceptable("unit: limits of tiers are in kWh or 'kWh daily' here.")
    found = {LIMIT_UNITS[unit] for unit in units}
    if len(found) > 1:
        raise TariffUnacceptable("unit: limits of tiers are all in kWh, or all in 'kWh daily'.")
    return found.pop() if found else LimitsPer.PERIOD


def _sell(tiers: Sequence[Object], notes: list[str]) -> Decimal:
    """The first tier's price: what is given is not counted in tiers."""
    sells = [number(tier, "sell") or Decimal() for tier in tiers]
    if len(set(sells)) > 1:
        notes.append("sell: the first tier's price holds for all that is given.")
    return sells[0] if sells else Decimal()
