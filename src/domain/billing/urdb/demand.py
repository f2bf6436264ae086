"""Prices of demand in the database's words."""

from collections.abc import Iterator

from domain.billing.tariffs.demand import DemandCharge, DemandPeriod, DemandTier
from domain.billing.tariffs.schedules import Schedule
from domain.billing.urdb.fields import Object, months, number, schedule, structure, text
from domain.billing.urdb.tiers import period_names, read_tiers

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
        DemandPeriod(
            name, tuple(DemandTier(*tier) for tier in read_tiers(tiers, TIER_FIELDS, name, notes))
        )
        for name, tiers in zip(names, found, strict=True)
    )
