"""How the current bill will end, if the rest of it is as the last weeks were."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.archive.spans import DAY_SECONDS
from domain.billing.bills.bill import Peak, peak_at
from domain.billing.money import rounded
from domain.billing.periods import Period
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.demand import highest_quarter
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.net import NOTHING_CARRIED, Carried
from domain.billing.pricing.price import Priced, price
from domain.billing.pricing.stretch import Stretch
from domain.billing.tariffs.schedules import HOURS, MONTHS, Schedule
from domain.billing.tariffs.tariff import Tariff

HABIT_DAYS = 28

METHOD = (
    "Each hour to come takes the mean of the same hour of the day in the last "
    f"{HABIT_DAYS} days, working days and free ones by themselves; the highest demand stays "
    "what it is so far, and gaps stay gaps."
)

_WORKING = [list(range(HOURS))] * MONTHS
_FREE = [list(range(HOURS, 2 * HOURS))] * MONTHS
_HABITS = Schedule.of(weekday=_WORKING, weekend=_FREE, holiday=_FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The bill as it may end; `peak` is the highest quarter hour so far, None if none is held."""

    priced: Priced
    method: str
    peak: Peak | None

    def total(self, decimals: int) -> Decimal:
        """What it may come to, half to even."""
        return rounded(self.priced.amount, decimals)


def forecast(
    tariff: Tariff,
    period: Period,
    *,
    calendar: Calendar,
    metered: Metered,
    until: int,
    carried: Carried = NOTHING_CARRIED,
) -> Forecast | None:
    """The end of a period of which `until` is within; None where no hour of late is known.

    The calendar begins early enough for the days that habits are taken from, as far as there are.
    """
    stretch = Stretch(period=period, calendar=calendar, metered=metered, until=until)
    continued = _continued(stretch)
    if continued is None:
        return None
    peak = highest_quarter(stretch)
    return Forecast(
        priced=price(
            tariff,
            period,
            calendar=calendar,
            metered=continued,
            until=calendar.midnight(period.end),
            carried=carried,
        ),
        method=METHOD,
        peak=None if peak is None else peak_at(stretch, peak),
    )


def _continued(stretch: Stretch) -> Metered | None:
    """What was metered, and in the slots that have not begun what is usual."""
    calendar, metered = stretch.calendar, stretch.metered
    classes = calendar.classes(_HABITS)
    earliest = max(0, calendar.place_at(stretch.until - HABIT_DAYS * DAY_SECONDS))
    known = [
        place
        for place in range(earliest, stretch.begun)
        if metered.known_seconds[place] == metered.slot_seconds
    ]
    if not known:
        return None
    return replace(
        metered,
        imported=_filled(metered.imported, classes, known, stretch),
        exported=_filled(metered.exported, classes, known, stretch),
        known_seconds=metered.known_seconds[: stretch.begun]
        + array("H", [metered.slot_seconds] * (metered.count - stretch.begun)),
    )


def _filled(
    column: "array[int]", classes: bytes, known: Sequence[int], stretch: Stretch
) -> "array[int]":
    values: defaultdict[int, list[int]] = defaultdict(list)
    for place in known:
        values[classes[place]].append(column[place])
        values[HOURS * 2].append(column[place])
    usual = {kind: sum(each) // len(each) for kind, each in values.items()}
    filled = column[:]
    for place in range(stretch.begun, stretch.after):
        filled[place] = usual.get(classes[place], usual[HOURS * 2])
    return filled
