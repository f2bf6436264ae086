"""What the utility's meter told, hour by hour."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from domain.archive.spans import HOUR_SECONDS
from domain.billing.pricing.metered import MeteredHour


class Interval(NamedTuple):
    """One reading: so much went one way from `start` on, in millijoules; times in seconds."""

    start: int
    seconds: int
    millijoules: int
    is_export: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityReadings:
    """The hours of a file that are told wholly, by their first second since 1970.

    `left_out` says of what else is in the file, in sentences.
    """

    hours: Mapping[int, MeteredHour]
    left_out: tuple[str, ...] = ()


def hours_of(intervals: Iterable[Interval]) -> dict[int, MeteredHour]:
    """The hours that the readings cover, whatever order they come in; the same twice counts once.

    A reading longer than an hour, or one that lies across two, tells of no hour.
    """
    known: dict[bool, defaultdict[int, int]] = {way: defaultdict(int) for way in (False, True)}
    energy: dict[bool, defaultdict[int, int]] = {way: defaultdict(int) for way in (False, True)}
    for start, seconds, millijoules, is_export in set(intervals):
        hour = start // HOUR_SECONDS * HOUR_SECONDS
        if seconds > 0 and start + seconds <= hour + HOUR_SECONDS:
            known[is_export][hour] += seconds
            energy[is_export][hour] += millijoules
    whole = {
        hour for way in known.values() for hour, seconds in way.items() if seconds == HOUR_SECONDS
    }
    return {
        hour: MeteredHour(start=hour, imported=energy[False][hour], exported=energy[True][hour])
        for hour in sorted(whole)
    }
