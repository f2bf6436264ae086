"""The local days of a home, cut into slots, each of which is put into a schedule's period once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from domain.archive.hours import QUARTER_SECONDS
from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS
from domain.billing.periods import DAY, midnight
from domain.billing.tariffs.schedules import HOLIDAY, Schedule


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The slots of the local days [first, end) in `zone`, of which `holidays` are no usual ones.

    A slot is an hour where all days begin on a whole one of UTC, else a quarter of it: so no slot
    lies in two hours of a local day. What a schedule makes of the slots is worked out once.
    """

    zone: ZoneInfo
    first: date
    end: date
    holidays: Collection[date] = frozenset()
    _classes: dict[Schedule, bytes] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Each local day."""
        return tuple(self.first + place * DAY for place in range((self.end - self.first).days))

    @cached_property
    def midnights(self) -> tuple[int, ...]:
        """Where each day begins, in seconds since 1970, and where the last one ends."""
        return tuple(midnight(day, self.zone) for day in (*self.days, self.end))

    @property
    def start(self) -> int:
        """Where the first day begins."""
        return self.midnights[0]

    @property
    def after(self) -> int:
        """Where the last day ends."""
        return self.midnights[-1]

    @cached_property
    def slot_seconds(self) -> int:
        """How wide a slot is."""
        is_even = all(at % HOUR_SECONDS == 0 for at in self.midnights)
        return HOUR_SECONDS if is_even else QUARTER_SECONDS

    @property
    def count(self) -> int:
        """How many slots there are."""
        return self.place_at(self.after)

    def place_at(self, at: int) -> int:
        """The slot that holds this second."""
        return (at - self.start) // self.slot_seconds

    def at(self, place: int) -> int:
        """Where a slot begins, in seconds since 1970."""
        return self.start + place * self.slot_seconds

    def midnight(self, day: date) -> int:
        """Where this day begins, in seconds since 1970."""
        return self.midnights[(day - self.first).days]

    def place(self, day: date) -> int:
        """The first slot of this day."""
        return self.place_at(self.midnight(day))

    def classes(self, schedule: Schedule) -> bytes:
        """The schedule's period for each slot."""
        found = self._classes.get(schedule)
        if found is None:
            found = self._classes[schedule] = b"".join(
                self._day(schedule, place) for place in range(len(self.days))
            )
        return found

    def _day(self, schedule: Schedule, place: int) -> bytes:
        row = schedule.row(self._kind(schedule, self.days[place]), self.days[place].month)
        start, end = self.midnights[place : place + 2]
        slots_an_hour = HOUR_SECONDS // self.slot_seconds
        if end - start == DAY_SECONDS:
            return bytes(each for each in row for _ in range(slots_an_hour))
        return bytes(
            row[datetime.fromtimestamp(at, self.zone).hour]
            for at in range(start, end, self.slot_seconds)
        )

    def _kind(self, schedule: Schedule, day: date) -> int:
        return HOLIDAY if schedule.knows_holidays and day in self.holidays else day.weekday()
