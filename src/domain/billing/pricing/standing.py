"""The lines that do not count energy: fixed charges, what a minimum lacks, and percentages."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from domain.billing.pricing.charge import Charge, Dues, Piece, Standing, Unit, dues_of
from domain.billing.pricing.stretch import Stretch
from domain.billing.tariffs.charges import By, FixedCharge, MinimumBill, Percentage
from domain.billing.tariffs.lines import LineKind


def price_fixed(stretch: Stretch, fixed: FixedCharge) -> Charge:
    """By the month: its share of the billing period; by the day: each day that has begun."""
    quantity = _due(stretch, fixed.by)
    return Charge(
        name=fixed.name,
        kind=LineKind.FIXED,
        unit=Unit.DAYS if fixed.by is By.DAY else Unit.MONTHS,
        quantity=quantity,
        price=fixed.amount,
        pieces=(Piece(amount=quantity * Fraction(fixed.amount), basis=_standing(stretch)),),
    )


def price_minimum(
    stretch: Stretch, minimum: MinimumBill, charges: Sequence[Charge]
) -> Iterator[Charge]:
    """What is missing to it; no line where nothing is."""
    quantity = _due(stretch, minimum.by)
    least = quantity * Fraction(minimum.amount)
    missing = least - sum((charge.amount for charge in charges), Fraction())
    if missing > 0:
        yield Charge(
            name=minimum.name,
            kind=LineKind.MINIMUM,
            unit=Unit.DAYS if minimum.by is By.DAY else Unit.MONTHS,
            quantity=quantity,
            pieces=(Piece(amount=missing, basis=_standing(stretch)),),
        )


def price_percentages(
    percentages: Sequence[Percentage], charges: Sequence[Charge]
) -> Iterator[Charge]:
    """The shares of what other lines come to, each part for what those lines are for."""
    dues = {
        kind: dues_of(charge for charge in charges if charge.kind is kind)
        for kind in LineKind
        if percentages
    }
    for percentage in percentages:
        rate = Fraction(percentage.percent) / 100
        amounts: Dues = {}
        for kind in LineKind:
            for key, (basis, due) in dues[kind].items() if kind in percentage.on else ():
                _, before = amounts.get(key, (basis, Fraction()))
                amounts[key] = basis, before + due
        yield Charge(
            name=percentage.name,
            kind=LineKind.PERCENTAGE,
            unit=Unit.PERCENT,
            quantity=Fraction(percentage.percent),
            price=None,
            pieces=tuple(
                Piece(amount=amount * rate, basis=basis) for basis, amount in amounts.values()
            ),
        )


def _due(stretch: Stretch, by: By) -> Fraction:
    return Fraction(stretch.days_begun) if by is By.DAY else stretch.period.share


def _standing(stretch: Stretch) -> Standing:
    """Spread over the time that has begun, so that what was told of it adds up to the bill."""
    begun = stretch.begun
    return Standing(stretch.first, begun if begun > stretch.first else stretch.after)
