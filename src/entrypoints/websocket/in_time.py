"""Messages that came in time, however late somebody gets round to them.

In a storm of connections a message may wait for longer than its sender was given: in the kernel
until the loop looks at its sockets, and then in a queue until the conversation has its turn.
"""

import asyncio
from typing import Any

from litestar.types import Receive

GLANCE_SECONDS = 0.05
"""How long the loop gets, once the time is over, to take in what waits in the kernel."""

AT_ONCE_SECONDS = 0.05


class InTime:
    """Hands on what arrived within so many seconds from now; handling it takes none of them."""

    __slots__ = ("_deadline", "_receive")

    def __init__(self, receive: Receive, *, seconds: float) -> None:
        self._receive = receive
        self._deadline = asyncio.get_running_loop().time() + seconds

    async def next(self) -> Any:
        """The next event, waited for while there is time; raises TimeoutError if none came."""
        last_look = self._deadline + GLANCE_SECONDS
        for deadline in (self._deadline, last_look):
            try:
                return await self._until(deadline)
            except TimeoutError:
                pass  # timers go off before the loop looks at sockets: what came may be unseen
        return await self._until(0.0)

    async def _until(self, deadline: float) -> Any:
        """What is there already costs no time: only waiting can come too late."""
        async with asyncio.timeout_at(deadline):
            return await self._receive()


async def arrived_at_once(receive: Receive) -> Any:
    """What is there already, or comes as good as at once; None where nothing does."""
    try:
        async with asyncio.timeout(AT_ONCE_SECONDS):
            return await receive()
    except TimeoutError:
        return None
