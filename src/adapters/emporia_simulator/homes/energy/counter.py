"""What a clamp has counted since it began: energy in whole tenths of a joule, of which any bucket
is the difference at its two ends. So all scales add up to the last digit, and a year costs what a
second does.

Power in Emporia's exports is rounded to 0.1 W, by the second as by the minute. Here the count at a
full minute is rounded to 6 J, which is 0.1 W over a minute, and within it to 0.1 J.
"""

import math
from dataclasses import dataclass, field
from zlib import crc32
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS, HOUR_SECONDS
from adapters.emporia_simulator.homes.energy.loads import Load, joules
from adapters.emporia_simulator.homes.energy.local_time import local_stretches

TENTHS_PER_KWH = 36_000_000
"""Tenths of a joule in a kilowatt-hour."""

_TENTHS_PER_JOULE = 10
_ORIGIN = 1_577_836_800
"""2020-01-01, where counts are 0: near, so that no count is so large that digits are lost."""
_ANCHORS = (60, HOUR_SECONDS, DAY_SECONDS, 32 * DAY_SECONDS)
"""A count is that at the last full minute and a bit, that of the minute that of its hour, ..."""
_REMEMBERED = 48


@dataclass(slots=True, eq=False)
class Counter:
    """The count of one clamp, as a function of time and nothing else.

    What it remembers, a bounded number of points, only spares computing them again.
    """

    name: str
    """What tells its noise from others'."""
    loads: tuple[Load, ...]
    shows: float
    """The share of the true current that the clamp tells."""
    zone: ZoneInfo
    _anchors: dict[tuple[int, int], float] = field(default_factory=dict)
    _counts: dict[tuple[int, float], int] = field(default_factory=dict)
    _one_way: bool = field(init=False)

    def __post_init__(self) -> None:
        """See whether all that hangs on it flows one way."""
        self._one_way = len({load.watts > 0 for load in self.loads}) == 1

    def between(self, start: int, end: int, noise: float = 0.0) -> int:
        """Tenths of a joule between two UTC seconds; negative where it flowed back."""
        return self.at(end, noise) - self.at(start, noise)

    def at(self, second: int, noise: float = 0.0) -> int:
        """The count at a UTC second.

        `noise` is the standard deviation of a second's energy, as a share of it. What is too much
        in one second is missing in the next, and minutes have none of it.
        """
        if not self.loads:
            return 0
        known = self._counts.get((second, noise))
        if known is None:
            known = self._rounded(second, noise)
            _remember(self._counts, (second, noise), known)
        return known

    def _rounded(self, second: int, noise: float) -> int:
        minute = second - second % 60
        if second == minute:
            return 60 * round(self._tenths(minute) / 60)
        true_begin, true_end = self._tenths(minute), self._tenths(minute + 60)
        begin, end = self.at(minute), self.at(minute + 60)
        true = self._tenths(second)
        if self._one_way and true_end != true_begin:
            # in proportion, so that nothing that only draws ever reads as giving back
            exact = begin + (end - begin) * (true - true_begin) / (true_end - true_begin)
        else:
            passed = (second - minute) / 60
            exact = true + (begin - true_begin) * (1 - passed) + (end - true_end) * passed
        if noise:
            # of the weaker of the two seconds, so that what is off stays off
            beside = self._joules(second - 1, second), self._joules(second, second + 1)
            exact += noise * self._throw(second) * min(map(abs, beside)) * _TENTHS_PER_JOULE
        return round(exact)

    def _tenths(self, second: int, level: int = 0) -> float:
        """The count before rounding."""
        if level == len(_ANCHORS):
            since = self._joules(_ORIGIN, second) - self._joules(second, _ORIGIN)
            return since * _TENTHS_PER_JOULE
        anchor = second - second % _ANCHORS[level]
        key = (level, anchor)
        counted = self._anchors.get(key)
        if counted is None:
            counted = self._tenths(anchor, level + 1)
            _remember(self._anchors, key, counted)
        if second == anchor:
            return counted
        return counted + self._joules(anchor, second) * _TENTHS_PER_JOULE

    def _joules(self, start: int, end: int) -> float:
        if start >= end:
            return 0.0
        return self.shows * sum(
            joules(self.loads, begin + offset, finish + offset)
            for begin, finish, offset in local_stretches(self.zone, start, end)
        )

    def _throw(self, second: int) -> float:
        """The same for the same second, and no other: evenly between two ends, so wide apart that
        the difference of two has a standard deviation of 1."""
        thrown = crc32(f"{self.name} {second}".encode()) / 0xFFFFFFFF
        return (thrown - 0.5) * math.sqrt(6)


def _remember(known: dict, key: tuple, value: float) -> None:  # type: ignore[type-arg]
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = value
