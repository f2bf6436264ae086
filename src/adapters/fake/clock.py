"""A clock that stands still until told, so that tests never wait."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

from application.ports.clock import Clock

SETTLING_ROUNDS = 20


class ManualClock(Clock):
    """Time moves by `advance` alone, and sleepers wake in the order of their hours.

    Who is awake gets `settling_rounds` of the event loop to fall asleep again: fewer make days
    pass faster, as long as nobody needs more.
    """

    def __init__(
        self,
        now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC),
        *,
        settling_rounds: int = SETTLING_ROUNDS,
    ) -> None:
        self._start = now
        self._elapsed = timedelta()
        self._settling_rounds = settling_rounds
        self._order = count()
        self._sleepers: list[tuple[timedelta, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The hour that the test has set."""
        return self._start + self._elapsed

    def monotonic(self) -> float:
        """The seconds that the test has let pass, however it set the hour."""
        return self._elapsed.total_seconds()

    def set_by(self, change: timedelta) -> None:
        """Set the hour forward or back; no time passes by it, and nobody wakes."""
        self._start += change

    async def sleep(self, seconds: float) -> None:
        """Wait until the test has moved time so far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waker = asyncio.get_running_loop().create_future()
        wake_at = self._elapsed + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (wake_at, next(self._order), waker))
        await waker

    async def advance(self, seconds: float) -> None:
        """Move time, waking every sleeper at its own hour and letting it act before the next."""
        until = self._elapsed + timedelta(seconds=seconds)
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            wake_at, _, waker = heapq.heappop(self._sleepers)
            if waker.done():
                continue
            self._elapsed = max(self._elapsed, wake_at)
            waker.set_result(None)
            await self.settle()
        self._elapsed = until

    async def settle(self) -> None:
        """Let everything that can run without time passing run."""
        for _ in range(self._settling_rounds):
            await asyncio.sleep(0)
