"""The lines of energy: each time of use and tier, adjustments, and what is over by net metering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.billing.periods import days_in_month, months_of
from domain.billing.pricing.charge import Charge, Given, Piece, Taken, Unit, kilowatt_hours
from domain.billing.pricing.net import Carried, Netted, Use, all_taken, with_carried, within_periods
from domain.billing.pricing.stretch import Stretch, mask_of
from domain.billing.pricing.tiers import laid_on
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, LimitsPer, TiersBy
from domain.billing.tariffs.exports import NetMetering
from domain.billing.tariffs.lines import LineKind
from domain.billing.tariffs.tariff import Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyPriced:
    """The lines, and the millijoules that net metering carries on."""

    charges: tuple[Charge, ...]
    left: Carried


def price_energy(stretch: Stretch, rates: Rates, *, carried: Carried) -> EnergyPriced:
    """All lines that count kilowatt-hours taken; `carried` is of the bill before."""
    charges: list[Charge] = []
    for counted in counted_in(stretch, rates.energy):
        uses = list(uses_in(counted, rates.energy))
        netted = netted_by(uses, rates.export, carried)
        carried = netted.left
        charges += _tiers(counted, rates.energy, uses, netted)
        charges += _adjustments(rates, uses, netted)
        if isinstance(rates.export, NetMetering) and any(netted.over):
            charges.append(_excess(rates.export, uses, netted))
    return EnergyPriced(charges=tuple(charges), left=carried)


def counted_in(stretch: Stretch, energy: EnergyRates) -> Iterator[Stretch]:
    """The stretches over which tiers are counted, each from 0."""
    if energy.tiers_by is TiersBy.BILL:
        yield stretch
    else:
        yield from (stretch.part(month) for month in months_of(stretch.period))


def uses_in(stretch: Stretch, energy: EnergyRates) -> Iterator[Use]:
    """What was taken and given in each period that the stretch has."""
    classes = stretch.classes(energy.schedule)
    first, after = stretch.first, stretch.after
    for period in sorted(set(classes)):
        mask = mask_of(classes, period)
        yield Use(
            number=period,
            name=energy.periods[period].name,
            taken=Taken(first, after, mask, stretch.taken(mask)),
            given=Given(first, after, mask, stretch.given(mask)),
        )


def netted_by(uses: Sequence[Use], export: object, carried: Carried) -> Netted:
    """What of it is paid for, after what was given is set against it."""
    if not isinstance(export, NetMetering):
        return all_taken(uses, carried)
    if export.excess_price is not None:
        return within_periods(uses, carried)
    return with_carried(uses, carried)


def _tiers(
    stretch: Stretch, energy: EnergyRates, uses: Sequence[Use], netted: Netted
) -> Iterator[Charge]:
    total = sum(netted.paid)
    for use, paid in zip(uses, netted.paid, strict=True):
        period = energy.periods[use.number]
        limits = limits_of(stretch, energy, period)
        share = Fraction(paid, total) if total else Fraction()
        laid = laid_on(kilowatt_hours(total), limits)
        for place, (tier, kwh) in enumerate(zip(period.tiers, laid, strict=True), start=1):
            if place > 1 and not kwh:
                break
            yield Charge(
                name=line_name(period, place),
                kind=LineKind.ENERGY,
                unit=Unit.KWH,
                quantity=kwh * share,
                price=tier.price,
                pieces=(_piece(kwh * share, tier.price, use.taken),),
            )


def limits_of(stretch: Stretch, energy: EnergyRates, period: EnergyPeriod) -> list[Fraction | None]:
    """Where the period's tiers end, in kWh that are counted over the stretch."""
    width = _width(stretch, energy)
    return [
        None if tier.up_to_kwh is None else Fraction(tier.up_to_kwh) * width
        for tier in period.tiers
    ]


def line_name(period: EnergyPeriod, tier: int) -> str:
    """The line of a tier, counted from 1: the period's name where that is the only one."""
    return period.name if len(period.tiers) == 1 else f"{period.name}, tier {tier}"


def _width(stretch: Stretch, energy: EnergyRates) -> Fraction:
    """What the limits of tiers are multiplied by."""
    period = stretch.period
    if energy.limits_per is LimitsPer.DAY:
        return Fraction(period.days)
    if energy.tiers_by is TiersBy.MONTH:
        return Fraction(period.days, days_in_month(period.first))
    return period.share


def _adjustments(rates: Rates, uses: Sequence[Use], netted: Netted) -> Iterator[Charge]:
    for adjustment in rates.adjustments:
        paid = [kilowatt_hours(millijoules) for millijoules in netted.paid]
        yield Charge(
            name=adjustment.name,
            kind=LineKind.ADJUSTMENT,
            unit=Unit.KWH,
            quantity=sum(paid, Fraction()),
            price=adjustment.price,
            pieces=tuple(
                _piece(kwh, adjustment.price, use.taken)
                for use, kwh in zip(uses, paid, strict=True)
            ),
        )


def _excess(export: NetMetering, uses: Sequence[Use], netted: Netted) -> Charge:
    price = export.excess_price or Decimal(0)
    return Charge(
        name=export.name,
        kind=LineKind.CREDIT,
        unit=Unit.KWH,
        quantity=kilowatt_hours(sum(netted.over)),
        price=-price,
        pieces=tuple(
            _piece(kilowatt_hours(over), -price, use.given)
            for use, over in zip(uses, netted.over, strict=True)
        ),
    )


def _piece(kwh: Fraction, price: Decimal, basis: Taken | Given) -> Piece:
    return Piece(amount=kwh * Fraction(price), basis=basis)
