"""How often Emporia may be asked on behalf of one account, over any rolling 24 hours."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import ceil

from domain.emporia.cloud.budget_shares import WINDOW, BudgetShares, Purpose
from domain.errors import BudgetSpent, InvalidInput

SLOT = timedelta(minutes=1)
MINUTES = WINDOW // SLOT + 1
"""The most minutes with requests that count at once."""


@dataclass(slots=True)
class Slot:
    """How many requests were made in the minute that begins at `start` (UTC)."""

    start: datetime
    requests: int
    counted_at: datetime | None = field(default=None, compare=False)
    """Where an earlier process has counted them, whose clock was perhaps better than this one's."""


class RequestBudget:
    """Counts requests a minute and forgets a minute 24 hours after its end.

    That makes it a little stricter than 24 hours, never laxer, with at most 1,441 numbers that
    count. As many older ones of earlier processes are kept for a day, in case the clock is ahead.
    Mutable, unlike the rest of the domain: it changes with every poll. A limit of 0 means
    that nothing is counted and nothing refused.
    """

    def __init__(self, limit: int, spent: Iterable[Slot] = ()) -> None:
        self.limit = limit
        self._slots = _in_order(Slot(slot.start, slot.requests, slot.start) for slot in spent)
        self._outdated: deque[Slot] = deque(maxlen=MINUTES)
        self._spent = sum(slot.requests for slot in self._slots)
        self._others: deque[Slot] = deque()
        self._others_spent = 0
        self._clock_offset: float | None = None
        self._set_forward = timedelta()
        self._sure_from: float | None = None
        self.shares = BudgetShares(limit)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The minutes that count, oldest first."""
        return tuple(self._slots)

    @property
    def kept(self) -> tuple[Slot, ...]:
        """These, and before them those that count again if the clock turns out to be ahead."""
        return (*self._outdated, *self._slots)

    @property
    def oldest_kept(self) -> datetime:
        """The first of these minutes, for one who has counted a request."""
        return (self._outdated or self._slots)[0].start

    def spent(self, now: datetime) -> int:
        """The requests made in the 24 hours up to now."""
        while self._slots and self._slots[0].start + SLOT + WINDOW <= now:
            slot = self._slots.popleft()
            self._spent -= slot.requests
            if slot.counted_at is not None:
                self._outdated.append(slot)
        while self._others and self._others[0].start + SLOT + WINDOW <= now:
            self._others_spent -= self._others.popleft().requests
        return self._spent + self._others_spent

    def follow_others(self, told: Iterable[Slot], *, since: datetime) -> bool:
        """Count these minutes of other nodes too, in place of those known since then (UTC).

        Whether that changed anything. They are other nodes' to keep.
        """
        known: list[Slot] = []
        while self._others and self._others[-1].start >= since:
            known.append(self._others.pop())
        known.reverse()
        newer = _in_order(told)
        self._others.extend(newer)
        self._others_spent += sum(slot.requests for slot in newer)
        self._others_spent -= sum(slot.requests for slot in known)
        return list(newer) != known

    def follow_clock(self, now: datetime, *, monotonic: float) -> bool:
        """Move the minutes along with a wall clock that was set; whether any was moved.

        So each keeps its age, and a clock that is set forward and back forgets none. Minutes of
        an earlier process stay where they are when the clock is set back: it was ahead at the
        start, perhaps. Minutes ahead of the clock were counted under a wrong one: they hold
        requests that were really made, and count as made now.
        """
        if self._sure_from is None:
            self._sure_from = monotonic + (WINDOW + SLOT).total_seconds()
        if monotonic >= self._sure_from:
            self._outdated.clear()
        offset = now.timestamp() - monotonic
        was = offset if self._clock_offset is None else self._clock_offset
        if self._clock_offset is not None and abs(offset - was) < SLOT.total_seconds():
            return False
        self._clock_offset = offset
        shift = SLOT * ceil((offset - was) / SLOT.total_seconds())
        self._set_forward += shift
        before = self.kept
        moved: dict[datetime, Slot] = {}
        for slot in before:
            self._move(slot, shift, _minute_of(now), moved)
        if list(moved.values()) == list(before):
            return False
        self._slots = _in_order(moved.values())
        self._outdated.clear()
        self._spent = sum(slot.requests for slot in self._slots)
        return True

    def _move(
        self, slot: Slot, shift: timedelta, newest: datetime, moved: dict[datetime, Slot]
    ) -> None:
        counted_at = slot.counted_at
        if counted_at is None:
            start = slot.start + shift
        else:
            start = counted_at + max(timedelta(), self._set_forward)
        if start > newest:
            start, counted_at = newest, None
        if (other := moved.get(start)) is None:
            moved[start] = Slot(start, slot.requests, counted_at)
        else:
            other.requests += slot.requests
            other.counted_at = None

    def take(self, purpose: Purpose, now: datetime) -> Slot | None:
        """Count one request; the slot it fell into, None without a limit.

        Raises BudgetSpent, which knows when the next one is allowed.
        """
        if self.limit == 0:
            return None
        allowed = self.shares.allowed(purpose, now)
        wait_seconds = self.shares.wait_seconds(purpose, now)
        if self.spent(now) >= allowed:
            wait_seconds = max(wait_seconds, self._seconds_until_free(allowed, now))
        if wait_seconds:
            raise BudgetSpent(retry_after_seconds=wait_seconds)
        self.shares.note(purpose, now)
        return self.record(now)

    def require(self, requests: int, now: datetime) -> None:
        """Raise BudgetSpent where so many reads do not fit now, InvalidInput where none ever do."""
        if self.limit == 0:
            return
        if requests > self.limit:
            raise InvalidInput(
                f"The range takes {requests} requests to Emporia, more than the {self.limit} of a "
                "day; ask for a shorter range or a wider scale."
            )
        allowed = self.limit - requests
        if self.spent(now) > allowed:
            raise BudgetSpent(retry_after_seconds=self._seconds_until_free(allowed + 1, now))

    def can_carry(self, daily: float, now: datetime) -> bool:
        """Whether streams may make so many requests a day, and one of them now."""
        if self.limit == 0:
            return True
        is_left = self.spent(now) < self.shares.of_streams(now)
        return is_left and daily <= self.shares.daily_of_streams

    def record(self, now: datetime) -> Slot:
        """Count a request that was made whatever the limit says."""
        start = _minute_of(now)
        if not self._slots or self._slots[-1].start < start:
            self._slots.append(Slot(start, 0))
        slot = self._slots[-1]
        slot.requests += 1
        slot.counted_at = None
        self._spent += 1
        return slot

    def undo(self, slot: Slot) -> None:
        """Take back a request of this minute that did not leave after all."""
        if any(known is slot for known in self._slots):
            slot.requests -= 1
            self._spent -= 1

    def slow_down_seconds(self, now: datetime) -> float:
        """The least pause that the stream leaves between two polls, 0 while it may burst.

        A third of its share may go as fast as the data comes, so that somebody who opens the page
        sees their home live. From there the pause grows with what is spent, towards the pause
        that can be kept up for ever: whoever watches for a while sees more than whoever never
        stops, and nobody is ever left without polls.
        """
        share = self.shares.of_streams(now)
        burst = share // 3
        if self.limit == 0 or (spent := self.spent(now)) < burst:
            return 0.0
        used = (spent - burst) / max(1, share - burst)
        return min(1.0, used) * self._lasting_pause_seconds(share, now)

    def _lasting_pause_seconds(self, share: int, now: datetime) -> float:
        """The least even pause between polls from now on that never finds the share used up.

        The polls that fit before a minute is forgotten are those that are left and those that
        older minutes gave back.
        """
        oldest = now - WINDOW - SLOT
        pause = WINDOW.total_seconds() / max(1, share)
        left = share - self.spent(now)
        for slot in self._all():
            forgotten_in = (slot.start - oldest).total_seconds()
            pause = max(pause, forgotten_in / max(1, left + 1))
            left += slot.requests
        return pause

    def left(self, now: datetime) -> int | None:
        """The requests that may still be made; None where there is no limit."""
        return None if self.limit == 0 else max(0, self.limit - self.spent(now))

    def _all(self) -> deque[Slot]:
        """The minutes that count, whoever made the requests, oldest first."""
        return _in_order((*self._slots, *self._others)) if self._others else self._slots

    def _seconds_until_free(self, allowed: int, now: datetime) -> float:
        """When enough minutes are forgotten for one more request to fit."""
        surplus = self.spent(now) - allowed + 1
        slots = self._all()
        forgotten = accumulate(slot.requests for slot in slots)
        for slot, freed in zip(slots, forgotten, strict=True):
            if freed >= surplus:
                return (slot.start + SLOT + WINDOW - now).total_seconds()
        return WINDOW.total_seconds()  # what is set aside leaves no room, however little is spent


def _minute_of(now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() // SLOT.seconds * SLOT.seconds, UTC)


def _in_order(slots: Iterable[Slot]) -> deque[Slot]:
    return deque(sorted(slots, key=lambda slot: slot.start))
