"""What the utility's meter told, hour by hour."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from domain.archive.hours import QUARTER_SECONDS, QUARTERS
from domain.archive.spans import HOUR_SECONDS
from domain.billing.pricing.metered import MeteredHour


class Interval(NamedTuple):
    """One reading: so much went one way from `start` on, in millijoules; times in seconds.

    Below zero it is a net, of which more went the other way.
    """

    start: int
    seconds: int
    millijoules: int
    is_export: bool

    def is_of(self, hours: Container[int]) -> bool:
        """Whether it lies in one of these hours, given by their first seconds."""
        return self.seconds > 0 and self.slot(HOUR_SECONDS) in hours

    def slot(self, width: int) -> int | None:
        """The first second of the slot that it lies in, all slots being so wide; else None."""
        slot = self.start // width * width
        return slot if self.start + self.seconds <= slot + width else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityReadings:
    """The hours of a file that are told wholly, by their first second since 1970.

    `left_out` says of what else is in the file, in sentences.
    """

    hours: Mapping[int, MeteredHour]
    left_out: tuple[str, ...] = ()


def hours_of(intervals: Iterable[Interval]) -> dict[int, MeteredHour]:
    """The hours that the readings cover, whatever order they come in; the same twice counts once.

    A reading longer than an hour, or one that lies across two, tells of no hour; nor do readings
    that say different things of the same time. Quarters of an hour are known where readings lie
    within them, both ways that the hour is told of.
    """
    hours, quarters = _Sums(HOUR_SECONDS), _Sums(QUARTER_SECONDS)
    for reading in set(intervals):
        hours.take(reading)
        quarters.take(reading)
    return {
        hour: MeteredHour(
            start=hour,
            imported=hours.energy[False][hour],
            exported=hours.energy[True][hour],
            quarters=_quarters_of(hour, hours, quarters),
        )
        for hour in sorted(hours.whole())
    }


class _Sums:
    """What is told of slots of one width, each way."""

    def __init__(self, width_seconds: int) -> None:
        self._width = width_seconds
        self._known: dict[bool, defaultdict[int, int]] = {
            way: defaultdict(int) for way in (False, True)
        }
        self.energy: dict[bool, defaultdict[int, int]] = {
            way: defaultdict(int) for way in (False, True)
        }

    def take(self, reading: Interval) -> None:
        """Count it, where it lies in one slot."""
        slot = reading.slot(self._width)
        if slot is None or reading.seconds <= 0:
            return
        self._known[reading.is_export][slot] += reading.seconds
        is_given = reading.is_export != (reading.millijoules < 0)
        self.energy[is_given][slot] += abs(reading.millijoules)

    def whole(self) -> set[int]:
        """The slots that are told of wholly, one way at least, and not more than that."""
        told = [slots.items() for slots in self._known.values()]
        whole = {slot for slots in told for slot, known in slots if known == self._width}
        return whole - {slot for slots in told for slot, known in slots if known > self._width}

    def is_whole(self, slot: int, *, is_export: bool) -> bool:
        """Whether this one is."""
        return self._known[is_export].get(slot) == self._width


def _quarters_of(hour: int, hours: _Sums, quarters: _Sums) -> tuple[int, int, int, int] | None:
    """The nets of its quarters, where they are known each way that the hour is."""
    slots = [hour + place * QUARTER_SECONDS for place in range(QUARTERS)]
    for way in (False, True):
        if hours.is_whole(hour, is_export=way) and not all(
            quarters.is_whole(slot, is_export=way) for slot in slots
        ):
            return None
    first, second, third, fourth = (
        quarters.energy[False].get(slot, 0) - quarters.energy[True].get(slot, 0) for slot in slots
    )
    return first, second, third, fourth
