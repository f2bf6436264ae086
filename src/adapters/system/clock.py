"""The machine's own time."""

import asyncio
from datetime import UTC, datetime

from application.ports.clock import Clock


class SystemClock(Clock):
    """Reads the operating system's clock and sleeps on the event loop."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
