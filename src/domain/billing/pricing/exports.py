"""The lines of what was given to the grid, and of what net metering still owes."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from domain.billing.pricing.charge import Charge, Given, Piece, Standing, Unit, kilowatt_hours
from domain.billing.pricing.stretch import Stretch, mask_of
from domain.billing.tariffs.exports import NetBilling
from domain.billing.tariffs.lines import LineKind


def price_exports(stretch: Stretch, export: NetBilling) -> Iterator[Charge]:
    """A credit for each period in which there are hours, at its price."""
    classes = stretch.classes(export.schedule)
    for number in sorted(set(classes)):
        period, mask = export.periods[number], mask_of(classes, number)
        given = Given(stretch.first, stretch.after, mask, stretch.given(mask))
        yield _credit(period.name, period.price, given.millijoules, given)


def settle(stretch: Stretch, name: str, price: Decimal, left: int) -> Charge:
    """The credit for millijoules that nothing was set against in all the time they were carried."""
    return _credit(name, price, left, Standing(stretch.first, stretch.after))


def _credit(name: str, price: Decimal, millijoules: int, basis: Given | Standing) -> Charge:
    quantity = kilowatt_hours(millijoules)
    return Charge(
        name=name,
        kind=LineKind.CREDIT,
        unit=Unit.KWH,
        quantity=quantity,
        price=-price,
        pieces=(Piece(amount=-quantity * Fraction(price), basis=basis),),
    )
