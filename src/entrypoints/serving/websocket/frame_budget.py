"""How many WebSocket frames a client may send: tiny ones cost as much as others."""

import asyncio
from typing import NamedTuple


class FrameRate(NamedTuple):
    """So many frames at once, and so many a second for as long as it likes."""

    burst: int
    each_second: float


STRANGER = FrameRate(burst=32, each_second=4)
"""Before authentication, for which one message is enough."""

KNOWN = FrameRate(burst=240, each_second=20)
"""After it: some messages, pings, and the largest message in pieces of a hundred bytes."""


class FrameBudget:
    """What is left of a client's rate. It costs a subtraction as long as something is."""

    __slots__ = ("_counted_at", "_left", "_loop", "_rate")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.grant(STRANGER)

    def grant(self, rate: FrameRate) -> None:
        """Let the client send at this rate from now on, as if it had sent nothing yet."""
        self._rate = rate
        self._left = float(rate.burst)
        self._counted_at = self._loop.time()

    def take(self, frames: int) -> bool:
        """Whether the client may send these, too."""
        self._left -= frames
        if self._left >= 0:
            return True
        now = self._loop.time()
        earned = (now - self._counted_at) * self._rate.each_second
        self._counted_at = now
        self._left = min(self._rate.burst - frames, self._left + earned)
        return self._left >= 0
