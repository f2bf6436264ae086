"""The wall clock's second, at which frames leave."""

import math
from collections.abc import Callable

from application.live.live_counts import LiveCounts
from application.ports.clock import Clock

EARLY_WAKE = 0.05
"""The part of a tick by which a sleeper may wake too early without ticking twice."""


async def tick(
    send: Callable[[], None], every_seconds: float, *, clock: Clock, counts: LiveCounts
) -> None:
    """Send in step with the wall clock until cancelled, and count how late."""
    while True:
        now = clock.now().timestamp()
        due = (math.floor(now / every_seconds + EARLY_WAKE) + 1) * every_seconds
        await clock.sleep(due - now)
        counts.lag.add(max(0.0, clock.now().timestamp() - due))
        send()
