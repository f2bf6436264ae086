"""A clock that goes faster than the machine's and can skip ahead; whoever sleeps wakes in time."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from application.ports.clock import Clock


class HastyClock(Clock):
    """Wall clock and monotonic clock at once, for nothing here sets a clock back."""

    def __init__(self, *, speed: float) -> None:
        self._speed = speed
        self._start = datetime.now(UTC)
        self._began = time.monotonic()
        self._skipped_seconds = 0.0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Seconds since this clock was made."""
        return (time.monotonic() - self._began) * self._speed + self._skipped_seconds

    async def sleep(self, seconds: float) -> None:
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            moved = self._moved
            try:
                async with asyncio.timeout(left / self._speed):
                    await moved.wait()
            except TimeoutError:
                continue
        await asyncio.sleep(0)

    def skip(self, seconds: float) -> None:
        """Be so much later from now on."""
        self._skipped_seconds += seconds
        self._moved.set()
        self._moved = asyncio.Event()
