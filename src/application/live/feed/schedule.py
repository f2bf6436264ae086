"""When an account is polled next: by the monotonic clock, told in wall time."""

import math
from datetime import datetime, timedelta

from application.ports.clock import Clock
from domain.emporia.links import AccountId

GOLDEN_PART = 0.6180339887498949
FLOAT_ERROR_SECONDS = 1e-5
CLOCK_WAS_SET = timedelta(seconds=0.5)


def place_of(account: AccountId) -> float:
    """The account's own place, from 0 to 1, within anything that accounts do not do in step."""
    return account * GOLDEN_PART % 1.0


class Schedule:
    """The next poll of one account, due now at first.

    Each account has its own place within the wall clock's second, so that accounts do not poll
    in step.
    """

    def __init__(self, account: AccountId, *, clock: Clock) -> None:
        self._clock = clock
        self._place = place_of(account)
        self.plan(clock.monotonic())

    @property
    def due(self) -> float:
        """When the next poll is due, in monotonic seconds."""
        return self._due

    def plan(self, due: float) -> None:
        """Let the next poll be due then, in monotonic seconds."""
        self._due = due
        self._due_at = self._in_wall_time(self._clock.now())

    def plan_in_place(self, *, not_before: float) -> None:
        """Let it be due at the account's place in the second, the first from then on."""
        now, wall = self._clock.monotonic(), self._clock.now().timestamp()
        earliest = wall + max(0.0, not_before - now) - FLOAT_ERROR_SECONDS
        self.plan(now - wall + math.ceil(earliest - self._place) + self._place)

    async def sleep(self) -> None:
        """Return when the poll is due."""
        await self._clock.sleep(self._due - self._clock.monotonic())

    def told(self, now: datetime) -> datetime:
        """When it is due, in the same words each time unless the wall clock is set; never past."""
        due_at = self._in_wall_time(now)
        if abs(due_at - self._due_at) > CLOCK_WAS_SET:
            self._due_at = due_at
        # A poll that runs was due a moment ago.
        return max(now, self._due_at)

    def _in_wall_time(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._due - self._clock.monotonic())
