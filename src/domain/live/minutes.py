"""What the seconds of one minute give away: whether they were measured, or spread afterwards.

Emporia has true seconds only while somebody has its app open. Where it has none, it fills the rest
of the minute, or all of it, with the minute's mean.
"""

from collections.abc import Sequence
from enum import StrEnum

MINUTE = 60

SHORTEST_FLAT = 20
"""So many equal seconds in a row are no measurement; a home never holds still for as long."""


class Quality(StrEnum):
    """What a second's figure is worth."""

    LIVE = "live"
    AVERAGED = "averaged"
    """One of a run of equal figures that ends a minute: the mean of what nobody measured."""
    MISSING = "missing"
    """Emporia had nothing for it in time."""


def quality_of(second: int, minute: Sequence[float | None]) -> Quality:
    """The quality of the n-th second of a minute; what is not known of the minute is None."""
    if minute[second] is None:
        return Quality.MISSING
    flat = flat_tail(minute)
    is_flat = flat >= SHORTEST_FLAT and second >= MINUTE - flat
    return Quality.AVERAGED if is_flat else Quality.LIVE


def flat_tail(minute: Sequence[float | None]) -> int:
    """How many equal seconds end the minute; none where they are 0, or not known."""
    last = minute[-1]
    if not last:
        return 0
    return next(
        (length for length, usage in enumerate(reversed(minute)) if usage != last), len(minute)
    )


class FlatMinutes:
    """Counts the minutes in a row that were flat from end to end.

    A minute of which nothing is known says nothing, and is passed over.
    """

    def __init__(self) -> None:
        self.count = 0

    def note(self, minute: Sequence[float | None]) -> None:
        """Take a minute in that is over."""
        if all(usage is None for usage in minute):
            return
        self.count = self.count + 1 if flat_tail(minute) == MINUTE else 0
