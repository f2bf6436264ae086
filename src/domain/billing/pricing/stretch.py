"""What rates are applied to: some days of a billing period, and what was metered in them."""

from dataclasses import dataclass
from itertools import compress

from domain.billing.periods import Period
from domain.billing.pricing.calendar import Calendar
from domain.billing.pricing.metered import Metered
from domain.billing.tariffs.checks import MOST_PERIODS
from domain.billing.tariffs.schedules import Schedule

_ONLY = [bytes(number == period for number in range(256)) for period in range(MOST_PERIODS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The days of `period` in `calendar`; `metered` has the calendar's slots.

    Nothing is charged by the day for days that begin at `until` or later, in seconds since 1970:
    they have not come yet.
    """

    period: Period
    calendar: Calendar
    metered: Metered
    until: int

    @property
    def first(self) -> int:
        """Its first slot."""
        return self.calendar.place(self.period.first)

    @property
    def after(self) -> int:
        """The slot after its last one."""
        return self.calendar.place(self.period.end)

    @property
    def begun(self) -> int:
        """The slot after the last one that has begun, within it."""
        reached = -(-(self.until - self.calendar.start) // self.calendar.slot_seconds)
        return max(self.first, min(self.after, reached))

    @property
    def days_begun(self) -> int:
        """How many of its days have begun."""
        skipped = (self.period.first - self.calendar.first).days
        begins = self.calendar.midnights[skipped : skipped + self.period.days]
        return sum(1 for at in begins if at < self.until)

    def part(self, period: Period) -> "Stretch":
        """The same of fewer days."""
        return Stretch(
            period=period, calendar=self.calendar, metered=self.metered, until=self.until
        )

    def classes(self, schedule: Schedule) -> bytes:
        """The schedule's period for each of its slots."""
        return self.calendar.classes(schedule)[self.first : self.after]

    def taken(self, mask: bytes) -> int:
        """What was taken in its slots that are masked, in millijoules."""
        return sum(compress(self.metered.imported[self.first : self.after], mask))

    def given(self, mask: bytes) -> int:
        """What was given in its slots that are masked, in millijoules."""
        return sum(compress(self.metered.exported[self.first : self.after], mask))


def mask_of(classes: bytes, period: int) -> bytes:
    """A 1 for each slot of this period."""
    return classes.translate(_ONLY[period])
