"""How often Emporia may be asked on behalf of one account, over any rolling 24 hours."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from itertools import accumulate

from domain.errors import BudgetSpent, InvalidInput

WINDOW = timedelta(hours=24)
SLOT = timedelta(minutes=1)


class Purpose(Enum):
    """What a request is for: the stream may not touch the tenth that is kept for reads."""

    STREAM = auto()
    READ = auto()


@dataclass(slots=True)
class Slot:
    """How many requests were made in the minute that begins at `start` (UTC)."""

    start: datetime
    requests: int


class RequestBudget:
    """Counts requests a minute and forgets a minute 24 hours after its end.

    That makes it a little stricter than 24 hours, never laxer, with at most 1,441 numbers to
    keep. Mutable, unlike the rest of the domain: it changes with every poll. A limit of 0 means
    that nothing is counted and nothing refused.
    """

    def __init__(self, limit: int, spent: Iterable[Slot] = ()) -> None:
        self.limit = limit
        self._slots = deque(sorted(spent, key=lambda slot: slot.start))
        self._spent = sum(slot.requests for slot in self._slots)

    @property
    def stream_limit(self) -> int:
        """The share of the limit that the stream may use."""
        return self.limit - self.limit // 10

    def spent(self, now: datetime) -> int:
        """The requests made in the 24 hours up to now."""
        while self._slots and self._slots[0].start + SLOT + WINDOW <= now:
            self._spent -= self._slots.popleft().requests
        return self._spent

    def take(self, purpose: Purpose, now: datetime) -> Slot | None:
        """Count one request; the slot it fell into, None without a limit.

        Raises BudgetSpent, which knows when the next one is allowed.
        """
        if self.limit == 0:
            return None
        allowed = self.stream_limit if purpose is Purpose.STREAM else self.limit
        if self.spent(now) >= allowed:
            raise BudgetSpent(retry_after_seconds=self._seconds_until_free(allowed, now))
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

    def record(self, now: datetime) -> Slot:
        """Count a request that was made whatever the limit says."""
        start = datetime.fromtimestamp(now.timestamp() // SLOT.seconds * SLOT.seconds, UTC)
        if not self._slots or self._slots[-1].start < start:
            self._slots.append(Slot(start, 0))
        slot = self._slots[-1]
        slot.requests += 1
        self._spent += 1
        return slot

    def slow_down_seconds(self, now: datetime) -> float:
        """The least pause that the stream leaves between two polls, 0 while it may burst.

        A third of its share may go as fast as the data comes, so that somebody who opens the page
        sees their home live. From there the pause grows with what is spent, towards the pause
        that can be kept up for ever: whoever watches for a while sees more than whoever never
        stops, and nobody is ever left without polls.
        """
        burst = self.stream_limit // 3
        if self.limit == 0 or self.spent(now) < burst:
            return 0.0
        used = (self._spent - burst) / (self.stream_limit - burst)
        return min(1.0, used) * self._lasting_pause_seconds(now)

    def _lasting_pause_seconds(self, now: datetime) -> float:
        """The least even pause between polls from now on that never finds the share used up.

        The polls that fit before a minute is forgotten are those that are left and those that
        older minutes gave back.
        """
        oldest = now - WINDOW - SLOT
        pause = WINDOW.total_seconds() / self.stream_limit
        left = self.stream_limit - self._spent
        for slot in self._slots:
            forgotten_in = (slot.start - oldest).total_seconds()
            pause = max(pause, forgotten_in / max(1, left + 1))
            left += slot.requests
        return pause

    def left(self, now: datetime) -> int | None:
        """The requests that may still be made; None where there is no limit."""
        return None if self.limit == 0 else max(0, self.limit - self.spent(now))

    def _seconds_until_free(self, allowed: int, now: datetime) -> float:
        """When enough minutes are forgotten for one more request to fit."""
        surplus = self._spent - allowed + 1
        forgotten = accumulate(slot.requests for slot in self._slots)
        last = next(
            slot for slot, freed in zip(self._slots, forgotten, strict=True) if freed >= surplus
        )
        return (last.start + SLOT + WINDOW - now).total_seconds()
