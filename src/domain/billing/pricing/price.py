"""Pricing a billing period, or a part of one, by all rules of a tariff."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from domain.billing.periods import DAY, Period
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.charge import Charge
from domain.billing.pricing.demand import price_demand
from domain.billing.pricing.energy import price_energy
from domain.billing.pricing.exports import price_exports, settle
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.net import NOTHING_CARRIED, Carried
from domain.billing.pricing.standing import price_fixed, price_minimum, price_percentages
from domain.billing.pricing.stretch import Stretch
from domain.billing.tariffs.exports import NetBilling
from domain.billing.tariffs.tariff import Rates, Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """What a period comes to, exactly; slots are the calendar's.

    `carried` is what net metering carries on. `priced_first` is the first slot that the tariff has
    rates for, and `priced_days` how many days have some. `coverage` is the share of the time so far
    that is both known and priced, and `netted` the share of what is known of which only nets are.
    """

    stretch: Stretch
    charges: tuple[Charge, ...]
    carried: Carried
    priced_first: int
    priced_days: int
    coverage: Fraction
    netted: Fraction

    @property
    def amount(self) -> Fraction:
        """In whole units of currency."""
        return sum((charge.amount for charge in self.charges), Fraction())


def price(
    tariff: Tariff,
    period: Period,
    *,
    calendar: Calendar,
    metered: Metered,
    until: int,
    carried: Carried = NOTHING_CARRIED,
) -> Priced:
    """What the period comes to by what was metered before `until`, in seconds since 1970.

    `calendar` holds the period, and `metered` has just its slots. Where rates change within the
    period, each part is priced by itself: what is due by the month, and the limits of tiers, by
    its share of the days.
    """
    whole = Stretch(period=period, calendar=calendar, metered=metered, until=until)
    charges: list[Charge] = []
    parts: list[Stretch] = []
    for part, rates in tariff.parts(period):
        stretch = whole.part(part)
        made, carried = price_part(stretch, rates, carried)
        parts.append(stretch)
        charges += made
    return Priced(
        stretch=whole,
        charges=tuple(charges),
        carried=carried,
        priced_first=parts[0].first if parts else whole.after,
        priced_days=sum(part.period.days for part in parts),
        coverage=_coverage(whole, parts),
        netted=_netted(whole),
    )


def price_in_turn(
    tariff: Tariff, periods: Iterable[Period], *, calendar: Calendar, metered: Metered, until: int
) -> Iterator[Priced]:
    """Each period, beginning with what net metering carried from the one before."""
    carried = NOTHING_CARRIED
    for period in periods:
        priced = price(
            tariff, period, calendar=calendar, metered=metered, until=until, carried=carried
        )
        carried = priced.carried
        yield priced


def price_part(stretch: Stretch, rates: Rates, carried: Carried) -> tuple[list[Charge], Carried]:
    """The lines of one part of a period by its rates, and what net metering carries on."""
    energy = price_energy(stretch, rates, carried=carried)
    charges = [*energy.charges]
    left = energy.left
    for demand in rates.demand:
        charges += price_demand(stretch, demand)
    charges += [price_fixed(stretch, fixed) for fixed in rates.fixed]
    export = rates.export
    if isinstance(export, NetBilling):
        charges += price_exports(stretch, export)
    elif export is not None and any(left.values()) and _ends_in(stretch.period, export.settles_in):
        owed = sum(left.values())
        charges.append(settle(stretch, export.name, export.settle_price, owed))
        left = NOTHING_CARRIED
    if rates.minimum is not None:
        charges += price_minimum(stretch, rates.minimum, charges)
    charges += list(price_percentages(rates.percentages, charges))
    return charges, left


def _ends_in(period: Period, month: int | None) -> bool:
    """Whether it has the last day of that month."""
    return any(
        day.month == month and (day + DAY).month != month
        for day in (period.first + place * DAY for place in range(period.days))
    )


def _coverage(whole: Stretch, parts: Iterable[Stretch]) -> Fraction:
    start, end = (whole.calendar.midnight(day) for day in (whole.period.first, whole.period.end))
    begun = max(0, min(end, whole.until) - start)
    known = sum(sum(whole.metered.known_seconds[part.first : part.begun]) for part in parts)
    return Fraction(known, begun) if begun else Fraction()


def _netted(whole: Stretch) -> Fraction:
    seconds = whole.metered.known_seconds[whole.first : whole.begun]
    marks = whole.metered.netted[whole.first : whole.begun]
    netted = sum(each for each, is_netted in zip(seconds, marks, strict=True) if is_netted)
    return Fraction(netted, sum(seconds)) if netted else Fraction()
