"""Tiers of a price in the database's words, whatever they are counted in."""

from collections.abc import Sequence
from decimal import Decimal

from domain.billing.tariffs.checks import LONGEST_NAME
from domain.billing.urdb.fields import Object, number


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


def _tell_other_fields(tier: Object, known: frozenset[str], name: str, notes: list[str]) -> None:
    """Name what a tier has and nobody reads."""
    notes.extend(
        f"{name}: '{field[:LONGEST_NAME]}' of a tier is left out (the field is not known)."
        for field in sorted(tier)
        if field not in known and tier[field]
    )


def _is_label(label: object) -> bool:
    return isinstance(label, str) and bool(label.strip()) and label.isprintable()


def read_tiers(
    tiers: Sequence[Object], known: frozenset[str], name: str, notes: list[str]
) -> list[tuple[Decimal, Decimal | None]]:
    """The price of each and its limit, which the last one has not."""
    made = []
    for place, tier in enumerate(tiers, start=1):
        _tell_other_fields(tier, known, name, notes)
        price = (number(tier, "rate") or Decimal()) + (number(tier, "adj") or Decimal())
        limit = number(tier, "max")
        if place == len(tiers) and limit is not None:
            notes.append(f"{name}: the limit of the last tier is left out; it goes on for ever.")
            limit = None
        made.append((price, limit))
    return made
