"""What the next kilowatt-hour costs."""

from dataclasses import dataclass
from decimal import Decimal

from domain.billing.periods import Period, local_day
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.charge import kilowatt_hours
from domain.billing.pricing.energy import counted_in, limits_of, line_name, netted_by, uses_in
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.net import NOTHING_CARRIED, Carried
from domain.billing.pricing.price import price_part
from domain.billing.pricing.stretch import Stretch
from domain.billing.tariffs.tariff import Rates, Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceNow:
    """The price of a kWh taken from the grid, in whole units of currency, adjustments included.

    What is due by the day or the month, demands, taxes and shares are not in it. `line` is the
    line of the bill that it stands on: its time of use, and its tier where there are several.
    """

    per_kwh: Decimal
    line: str


def price_now(
    tariff: Tariff,
    period: Period,
    *,
    calendar: Calendar,
    metered: Metered,
    now: int,
    carried: Carried = NOTHING_CARRIED,
) -> PriceNow | None:
    """The price at this second, since 1970, of the period that holds it; None before any rates.

    Of tiers, it is the one that the bill has reached by what is metered so far.
    """
    today = local_day(now, calendar.zone)
    whole = Stretch(period=period, calendar=calendar, metered=metered, until=now)
    for part, rates in tariff.parts(period):
        stretch = whole.part(part)
        if part.first <= today < part.end:
            return _price(stretch, rates, carried, now)
        _, carried = price_part(stretch, rates, carried)
    return None


def _price(stretch: Stretch, rates: Rates, carried: Carried, now: int) -> PriceNow:
    energy, calendar = rates.energy, stretch.calendar
    place = calendar.place_at(now)
    period = energy.periods[calendar.classes(energy.schedule)[place]]
    tier = 0 if len(period.tiers) == 1 else _tier_reached(stretch, rates, carried, place)
    adjustments = sum((each.price for each in rates.adjustments), Decimal())
    return PriceNow(
        per_kwh=period.tiers[tier].price + adjustments, line=line_name(period, tier + 1)
    )


def _tier_reached(stretch: Stretch, rates: Rates, carried: Carried, place: int) -> int:
    """The place of the tier that what is taken next falls into."""
    energy = rates.energy
    period = energy.periods[stretch.calendar.classes(energy.schedule)[place]]
    reached = 0
    for counted in counted_in(stretch, energy):
        netted = netted_by(list(uses_in(counted, energy)), rates.export, carried)
        carried = netted.left
        if counted.first <= place < counted.after:
            paid = kilowatt_hours(sum(netted.paid))
            limits = limits_of(counted, energy, period)
            reached = sum(1 for limit in limits if limit is not None and paid >= limit)
    return reached
