"""A clock that sleepers move."""

import asyncio
from datetime import datetime, timedelta

from application.ports.clock import Clock


class TravelClock(Clock):
    """Whoever sleeps on it moves it on; nobody waits."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.elapsed = timedelta()

    def now(self) -> datetime:
        return self._start + self.elapsed

    def monotonic(self) -> float:
        return self.elapsed.total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.elapsed += timedelta(seconds=seconds)
        await asyncio.sleep(0)
