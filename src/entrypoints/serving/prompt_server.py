"""uvicorn's server, which stops as soon as it is told to and everybody has left.

uvicorn itself looks ten times a second whether it shall stop, and then waits a tenth of a second
even when nobody is connected.
"""

import asyncio
import logging
import socket
from contextlib import suppress

import uvicorn

LOOK_SECONDS = 0.01
"""How often a server that stops looks whether everybody has left."""

DATE_SECONDS = 1.0
"""How often the Date header is made anew; it tells whole seconds."""

logger = logging.getLogger(__name__)


class PromptServer(uvicorn.Server):
    """Serves until `stop` is called."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take nobody in any more, let answers end, and leave."""
        self.should_exit = True
        self._stopping.set()

    async def main_loop(self) -> None:
        """Keep the Date header right until told to stop."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(DATE_SECONDS):
                    await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what listens, ask every connection to end, and wait until they have."""
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._end_connections()
                for server in self.servers:
                    await server.wait_closed()
        except TimeoutError:
            self._cut_off()
        await self.lifespan.shutdown()

    async def _end_connections(self) -> None:
        """Ask each connection once, also those that were just being taken in."""
        state, asked = self.server_state, set[object]()
        while True:
            for connection in state.connections - asked:
                connection.shutdown()
                asked.add(connection)
            await asyncio.sleep(LOOK_SECONDS)
            if not (state.connections or state.tasks):
                return

    def _cut_off(self) -> None:
        unfinished = self.server_state.tasks
        logger.error("Stopped without waiting longer for %d answer(s)", len(unfinished))
        for task in unfinished:
            task.cancel()
