"""A bill: what was priced, rounded to the coin once, with lines that add up to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.archive.hours import QUARTER_SECONDS
from domain.billing.money import FINE_DECIMALS, Currency, Money, rounded, shared_out
from domain.billing.periods import Period
from domain.billing.pricing.charge import Charge, Highest, Unit, kilowatt_hours, kilowatts
from domain.billing.pricing.price import Priced
from domain.billing.pricing.stretch import Stretch
from domain.billing.tariffs.lines import LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a bill. `amount` is None where it can't be told, for the reason `unknown`.

    `quantity` counts `unit`; None where there is nothing to count. `price` is of one of them, None
    where it changed within the bill. `coverage` is how much of what it is for was held.
    """

    name: str
    kind: LineKind
    amount: Decimal | None
    unit: Unit
    quantity: Decimal | None
    price: Decimal | None
    coverage: Fraction
    unknown: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """A demand: the mean power of a quarter hour that begins at `at`, in seconds since 1970."""

    kilowatts: Decimal
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a billing period comes to. Negative is to the customer's credit.

    `imported` and `exported` are in kWh, as is `carried`, which net metering leaves to the next.
    `coverage` is the share of the time so far that is known and priced, and `netted` the share of
    what is known of which only the nets of hours are: there the net stands for its parts.
    """

    period: Period
    total: Money
    lines: tuple[Line, ...]
    imported: Decimal
    exported: Decimal
    carried: Decimal
    priced_days: int
    coverage: Fraction
    netted: Fraction
    peak: Peak | None


def bill_of(priced: Priced, currency: Currency) -> Bill:
    """Rounded half to even; what its lines lose is shared out by largest remainder."""
    stretch = priced.stretch
    first, after = stretch.first, stretch.after
    lines = merged(priced.charges)
    amounts = shared_out([line.amount for line in lines], currency.decimals)
    return Bill(
        period=stretch.period,
        total=Money(rounded(priced.amount, currency.decimals), currency),
        lines=tuple(line_of(line, amount) for line, amount in zip(lines, amounts, strict=True)),
        imported=_kwh(sum(stretch.metered.imported[first:after])),
        exported=_kwh(sum(stretch.metered.exported[first:after])),
        carried=_kwh(sum(priced.carried.values())),
        priced_days=priced.priced_days,
        coverage=priced.coverage,
        netted=priced.netted,
        peak=peak_of(priced),
    )


def merged(charges: Iterable[Charge]) -> list[Charge]:
    """One charge of each kind and name, in the order of kinds."""
    found: dict[tuple[LineKind, str], list[Charge]] = {}
    for charge in charges:
        found.setdefault((charge.kind, charge.name), []).append(charge)
    order = list(LineKind)
    groups = sorted(found.values(), key=lambda group: order.index(group[0].kind))
    return [group[0] if len(group) == 1 else _together(group) for group in groups]


def line_of(charge: Charge, amount: Decimal) -> Line:
    """The line of a merged charge, with the amount that it was rounded to."""
    quantity = charge.quantity
    return Line(
        name=charge.name,
        kind=charge.kind,
        amount=None if charge.pieces is None else amount,
        unit=charge.unit,
        quantity=None if quantity is None else rounded(quantity, FINE_DECIMALS),
        price=charge.price,
        coverage=charge.coverage,
        unknown=charge.unknown,
    )


def peak_of(priced: Priced) -> Peak | None:
    """The highest demand that the bill counts; None where it counts none."""
    bases = [
        piece.basis
        for charge in priced.charges
        for piece in charge.pieces or ()
        if isinstance(piece.basis, Highest)
    ]
    if not bases:
        return None
    return peak_at(priced.stretch, max(bases, key=lambda basis: basis.millijoules))


def peak_at(stretch: Stretch, highest: Highest) -> Peak:
    """The quarter hour as people know it."""
    begins = stretch.calendar.at(highest.place)
    return Peak(
        kilowatts=rounded(kilowatts(highest.millijoules), FINE_DECIMALS),
        at=begins + highest.quarter * QUARTER_SECONDS,
    )


def _together(group: Sequence[Charge]) -> Charge:
    """Quantities are added, but of demands the highest is told."""
    first = group[0]
    known = [charge for charge in group if charge.pieces is not None]
    quantities = [charge.quantity for charge in known if charge.quantity is not None]
    together = max if first.unit in (Unit.KW, Unit.PERCENT) else sum
    return Charge(
        name=first.name,
        kind=first.kind,
        unit=first.unit,
        pieces=tuple(piece for charge in known for piece in charge.pieces or ()) if known else None,
        quantity=Fraction(together(quantities)) if quantities else None,
        price=first.price if all(charge.price == first.price for charge in group) else None,
        coverage=min(charge.coverage for charge in group),
        unknown=next((charge.unknown for charge in group if charge.unknown), None),
    )


def _kwh(millijoules: int) -> Decimal:
    return rounded(kilowatt_hours(millijoules), FINE_DECIMALS)
