"""The machine's own time."""

import asyncio
import sys
import time
from datetime import UTC, datetime

from application.ports.clock import Clock


class SystemClock(Clock):
    """Reads the operating system's clocks and sleeps on the event loop."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        if sys.platform == "linux":
            # Else what was heard before a laptop slept would count as new when it wakes.
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
