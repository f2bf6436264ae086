"""The true seconds of one panel, played one a second about a minute after they were measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple

from domain.live.minutes import MINUTE, FlatMinutes, Quality, quality_of

PUBLISHED_AFTER = 2
"""The newest one or two seconds are not known yet when they are asked for."""

DELAY = 73
"""How long after its second began a figure is shown. A minute is fetched whole a few seconds after
its end, so that what it gives away is known before its first second is shown; the rest is room for
an answer that is slow."""

LONGEST_DELAY = 75
"""What is older is not shown any more."""

EARLIEST_FETCH = 3.0
FETCHES_WITHIN = 2.0
"""When in a minute the one before is fetched, spread so that accounts do not ask in step."""

CLOCK_WAS_SET_BACK = 120
"""Seconds further ahead than this are not waited for: the clock is another now."""

FLAT_MINUTES = 10
"""After so many flat minutes in a row there are no true seconds to show."""


class Span(NamedTuple):
    """Seconds since 1970, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One second as it is shown: when it began, in seconds since 1970, and what it used.

    `follows_gap` says that seconds before it were too old to be shown, and `ends_flat` that it
    ends the last of FLAT_MINUTES.
    """

    second: int
    usage: float | None
    quality: Quality
    follows_gap: bool
    ends_flat: bool


class Playback:
    """Holds what was fetched and not shown yet, and gives it out in order, each second once.

    Mutable, as a budget is: it changes every second. It holds three minutes at most.
    """

    def __init__(self) -> None:
        self._next: int | None = None
        self._asked_until = 0
        self._usages: dict[int, float | None] = {}
        self._flat = FlatMinutes()
        self._has_gap = False

    def wanted(self, now: float) -> Span:
        """What is worth asking for: from the last second known to the newest published.

        Nothing that is known is asked for again; what was null at the end is. Where all is known,
        the newest second is asked for before its time.
        """
        upcoming = self._follow(floor(now))
        known = (second for second, usage in self._usages.items() if usage is not None)
        start = max(upcoming, max(known, default=upcoming - 1) + 1)
        end = floor(now) - PUBLISHED_AFTER
        return Span(start, max(start + 1, end))

    def take_in(self, asked: Span, first: int, usages: Sequence[float | None]) -> None:
        """Keep the answer to what was asked; it may begin earlier and end sooner or later."""
        for second, usage in enumerate(usages, start=first):
            if asked.start <= second < asked.end:
                self._usages[second] = usage
        self._asked_until = max(self._asked_until, asked.end)

    def next_second(self, now: int) -> Shown | None:
        """The second to show now; None as long as it is too young, or was not asked for yet."""
        second = self._follow(now)
        if second > now - DELAY or second >= self._asked_until:
            return None
        self._next = second + 1
        minute = self._minute_of(second)
        place = second % MINUTE
        if place == MINUTE - 1:
            self._flat.note(minute)
            self._forget_before(second + 1)
        ends_flat = self._flat.count >= FLAT_MINUTES
        if ends_flat:
            self._flat = FlatMinutes()
        shown = Shown(second, minute[place], quality_of(place, minute), self._has_gap, ends_flat)
        self._has_gap = False
        return shown

    def _follow(self, now: int) -> int:
        """The second that comes next, when what is too old is left out."""
        if self._next is None or self._next > now - DELAY + CLOCK_WAS_SET_BACK:
            self._next = now - DELAY
            self._asked_until = 0
            self._usages.clear()
        elif self._next < now - LONGEST_DELAY:
            self._next = now - DELAY
            self._has_gap = True
            self._forget_before(self._next - self._next % MINUTE)
        return self._next

    def _minute_of(self, second: int) -> list[float | None]:
        begin = second - second % MINUTE
        return [self._usages.get(each) for each in range(begin, begin + MINUTE)]

    def _forget_before(self, second: int) -> None:
        self._usages = {each: usage for each, usage in self._usages.items() if each >= second}


def fetch_pause(now: float, *, place: float) -> float:
    """From now, in seconds since 1970, to the next fetch; `place` of 0 to 1 is the account's."""
    offset = EARLIEST_FETCH + place * FETCHES_WITHIN
    earliest = now + 1.0  # who woke a little too early does not ask twice
    return ceil((earliest - offset) / MINUTE) * MINUTE + offset - now
