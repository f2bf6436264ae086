"""Homes and tariffs made for tests: hours at random, the same each time, and flat ones."""

from array import array
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.billing.bills.bill import Bill, bill_of
from domain.billing.money import Currency
from domain.billing.periods import Period
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.net import NOTHING_CARRIED, Carried
from domain.billing.pricing.price import Priced, price
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, Tier
from domain.billing.tariffs.holidays import NO_HOLIDAYS, HolidayRule
from domain.billing.tariffs.tariff import Rates, Tariff

USD = Currency("USD")
LONG_AGO = date(2000, 1, 1)
NEW_YORK = ZoneInfo("America/New_York")
PHOENIX = ZoneInfo("America/Phoenix")

KWH = MILLIJOULES_PER_KWH


def calendar_of(
    first: date, end: date, zone: ZoneInfo = PHOENIX, holidays: Sequence[date] = ()
) -> Calendar:
    return Calendar(zone=zone, first=first, end=end, holidays=frozenset(holidays))


def metered_of(calendar: Calendar, quarters: "array[int]") -> Metered:
    """All known, of the nets of all quarter hours."""
    step = calendar.slot_seconds // 900
    groups = [quarters[place : place + step] for place in range(0, len(quarters), step)]
    return Metered(
        start=calendar.start,
        imported=array("q", [sum(max(0, each) for each in group) for group in groups]),
        exported=array("q", [sum(max(0, -each) for each in group) for group in groups]),
        known_seconds=array("H", [calendar.slot_seconds] * calendar.count),
        netted=bytes(calendar.count),
        quarters=quarters,
        held=b"\1" * calendar.count,
        slot_seconds=calendar.slot_seconds,
    )


def steady(calendar: Calendar, kilowatts: Decimal | int = 1) -> Metered:
    """The same power all the time."""
    count = (calendar.after - calendar.start) // 900
    return metered_of(calendar, array("q", [int(kilowatts * KWH / 4)] * count))


def random_home(calendar: Calendar, seed: int, *, most: int = KWH, least: int = 0) -> Metered:
    """Quarter hours from `least` to `most` millijoules, the same for the same seed."""
    chance = Random(seed)  # noqa: S311
    count = (calendar.after - calendar.start) // 900
    return metered_of(calendar, array("q", [chance.randint(least, most) for _ in range(count)]))


def tiered(name: str, *tiers: tuple[str, int | None]) -> EnergyPeriod:
    """A period of prices, each up to so many kWh."""
    return EnergyPeriod(
        name,
        tuple(
            Tier(Decimal(price), None if limit is None else Decimal(limit))
            for price, limit in tiers
        ),
    )


def flat(price: str = "0.20") -> EnergyRates:
    return EnergyRates.flat("Energy", Decimal(price))


def tariff_of(
    *rates: Rates, billing_day: int | None = None, holidays: HolidayRule = NO_HOLIDAYS
) -> Tariff:
    return Tariff(
        name="Made", currency=USD, rates=rates, billing_day=billing_day, holidays=holidays
    )


def priced_of(
    tariff: Tariff,
    period: Period,
    calendar: Calendar,
    metered: Metered,
    *,
    until: int | None = None,
    carried: Carried = NOTHING_CARRIED,
) -> Priced:
    return price(
        tariff,
        period,
        calendar=calendar,
        metered=metered,
        until=calendar.after if until is None else until,
        carried=carried,
    )


def bill(
    tariff: Tariff,
    period: Period,
    calendar: Calendar,
    metered: Metered,
    *,
    until: int | None = None,
    carried: Carried = NOTHING_CARRIED,
) -> Bill:
    priced = priced_of(tariff, period, calendar, metered, until=until, carried=carried)
    return bill_of(priced, tariff.currency)


def amounts(bill: Bill) -> dict[str, Decimal | None]:
    """Each line's amount by its name."""
    return {line.name: line.amount for line in bill.lines}
