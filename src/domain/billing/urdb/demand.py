"""Prices of demand in the database's words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.billing.tariffs.demand import DemandCharge, DemandPeriod, DemandTier
from domain.billing.tariffs.schedules import Schedule
from domain.billing.urdb.energy import period_names, tell_other_fields
from domain.billing.urdb.fields import Object, months, number, schedule, structure, text

TIER_FIELDS = frozenset({"rate", "adj", "max"})
WINDOW_MINUTES = 15


def read_demand(document: Object, notes: list[str]) -> Iterator[DemandCharge]:
    """The flat charge by months, and the one by time of use, each where it is supported."""
    flat = _periods(document, "flatdemandstructure", "flatdemandunit", "flatdemandlabels", notes)
    if flat:
        yield DemandCharge(
            periods=flat, schedule=Schedule.by_month(months(document, "flatdemandmonths"))
        )
    timed = _periods(document, "demandratestructure", "demandrateunit", "demandlabels", notes)
    if timed:
        yield DemandCharge(periods=timed, schedule=schedule(document, "demand"))
    window = number(document, "demandwindow")
    if (flat or timed) and window not in (None, WINDOW_MINUTES):
        notes.append(
            f"demandwindow: a demand is the mean of {WINDOW_MINUTES} minutes here, not of {window}."
        )


def _periods(
    document: Object, field: str, unit_field: str, labels: str, notes: list[str]
) -> tuple[DemandPeriod, ...]:
    found = structure(document, field)
    if not any(number(tier, "rate") or number(tier, "adj") for tiers in found for tier in tiers):
        return ()
    unit = text(document, unit_field)
    if unit not in (None, "kW"):
        notes.append(f"{field}: left out (demand is in kW here, not in {unit[:40]}).")
        return ()
    kind = "Demand" if field == "flatdemandstructure" else "Demand by time of use"
    names = period_names(document, labels, kind, len(found))
    return tuple(
        DemandPeriod(name, _tiers(tiers, name, notes))
        for name, tiers in zip(names, found, strict=True)
    )


def _tiers(tiers: Sequence[Object], name: str, notes: list[str]) -> tuple[DemandTier, ...]:
    made = []
    for place, tier in enumerate(tiers, start=1):
        tell_other_fields(tier, TIER_FIELDS, name, notes)
        price = (number(tier, "rate") or Decimal()) + (number(tier, "adj") or Decimal())
        limit = number(tier, "max")
        if place == len(tiers) and limit is not None:
            notes.append(f"{name}: the limit of the last tier is left out; it goes on for ever.")
            limit = None
        made.append(DemandTier(price, limit))
    return tuple(made)
