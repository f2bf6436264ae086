"""The lines of demand: the highest quarter hour of each period, never taken from hours."""

from array import array
from collections.abc import Iterator
from fractions import Fraction
from itertools import compress

from domain.billing.periods import DAY
from domain.billing.pricing.charge import Charge, Highest, Piece, Unit, kilowatts
from domain.billing.pricing.metered import NOT_HELD
from domain.billing.pricing.stretch import Stretch, mask_of
from domain.billing.pricing.tiers import laid_on
from domain.billing.tariffs.demand import DemandCharge, DemandPeriod
from domain.billing.tariffs.lines import LineKind

NOT_HELD_SENTENCE = "No quarter hours are held of this time, and hours do not tell a demand."
NOT_BEGUN_SENTENCE = "None of the hours that it is for has come yet."


def price_demand(stretch: Stretch, demand: DemandCharge) -> Iterator[Charge]:
    """A line for each period and tier of it."""
    classes = stretch.classes(demand.schedule)
    for number in sorted(set(classes)):
        months = demand.schedule.months_with(number)
        yield from _period(
            stretch, demand.periods[number], mask_of(classes, number), _share(stretch, months)
        )


def highest_quarter(stretch: Stretch, mask: bytes | None = None) -> Highest | None:
    """The quarter hour that took most, the first of several; None where none is held."""
    metered = stretch.metered
    peaks = metered.peaks[stretch.first : stretch.after]
    if mask is not None:
        chosen = zip(peaks, mask, strict=True)
        peaks = array("q", [peak if is_chosen else NOT_HELD for peak, is_chosen in chosen])
    highest = max(peaks, default=NOT_HELD)
    if highest == NOT_HELD:
        return None
    place = stretch.first + peaks.index(highest)
    step = metered.quarters_a_slot
    quarters = metered.quarters[place * step : (place + 1) * step]
    return Highest(place, quarters.index(max(quarters)), highest)


def _period(
    stretch: Stretch, period: DemandPeriod, mask: bytes, share: Fraction
) -> Iterator[Charge]:
    begun = sum(mask[: stretch.begun - stretch.first])
    held = sum(compress(stretch.metered.held[stretch.first : stretch.begun], mask))
    highest = highest_quarter(stretch, mask)
    if highest is None:
        yield Charge(
            name=period.name,
            kind=LineKind.DEMAND,
            unit=Unit.KW,
            quantity=None,
            pieces=None,
            coverage=Fraction(),
            unknown=NOT_HELD_SENTENCE if begun else NOT_BEGUN_SENTENCE,
        )
        return
    limits = [None if tier.up_to_kw is None else Fraction(tier.up_to_kw) for tier in period.tiers]
    laid = laid_on(kilowatts(highest.millijoules), limits)
    for place, (tier, demand) in enumerate(zip(period.tiers, laid, strict=True), start=1):
        if place > 1 and not demand:
            break
        yield Charge(
            name=period.name if len(limits) == 1 else f"{period.name}, tier {place}",
            kind=LineKind.DEMAND,
            unit=Unit.KW,
            quantity=demand,
            price=tier.price,
            pieces=(Piece(amount=demand * Fraction(tier.price) * share, basis=highest),),
            coverage=Fraction(held, begun) if begun else Fraction(1),
        )


def _share(stretch: Stretch, months: frozenset[int]) -> Fraction:
    """For how much of the billing period it is due: by the days of months that know it."""
    period = stretch.period
    days = sum(1 for place in range(period.days) if (period.first + place * DAY).month in months)
    return Fraction(days, period.whole_days)
