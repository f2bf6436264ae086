"""Prices of energy in the database's words, and what it pays for energy given."""

from collections.abc import Sequence
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import LONGEST_NAME
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, LimitsPer, Tier
from domain.billing.tariffs.exports import ExportPeriod, NetBilling, NetMetering
from domain.billing.urdb.fields import Object, number, schedule, structure, text

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
            EnergyPeriod(name, _tiers(tiers, name, notes))
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


def period_names(document: Object, field: str, otherwise: str, count: int) -> list[str]:
    """The labels where each period has one of its own, else numbers."""
    labels = document.get(field)
    if isinstance(labels, list) and len(labels) == count:
        names = [
            " ".join(label.split())[: LONGEST_NAME - 10] for label in labels if _is_label(label)
        ]
        if len(set(names)) == count:
            return names
    return [
        f"{otherwise}, period {place}" if count > 1 else otherwise for place in range(1, count + 1)
    ]


def tell_other_fields(tier: Object, known: frozenset[str], name: str, notes: list[str]) -> None:
    """Name what a tier has and nobody reads."""
    notes.extend(
        f"{name}: '{field[:LONGEST_NAME]}' of a tier is left out (the field is not known)."
        for field in sorted(tier)
        if field not in known and tier[field]
    )


def _is_label(label: object) -> bool:
    return isinstance(label, str) and bool(label.strip()) and label.isprintable()


def _tiers(tiers: Sequence[Object], name: str, notes: list[str]) -> tuple[Tier, ...]:
    made = []
    for place, tier in enumerate(tiers, start=1):
        tell_other_fields(tier, TIER_FIELDS, name, notes)
        price = (number(tier, "rate") or Decimal()) + (number(tier, "adj") or Decimal())
        limit = number(tier, "max")
        if place == len(tiers) and limit is not None:
            notes.append(f"{name}: the limit of the last tier is left out; it goes on for ever.")
            limit = None
        made.append(Tier(price, limit))
    return tuple(made)


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
