"""The server as the gateway needs it: signals left alone, and polite to whom it breaks off.

uvicorn answers what it has to break off with a text of its own and logs a traceback for each.
"""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import uvicorn

from entrypoints.serving.acceptor import Acceptor
from entrypoints.serving.admission import Admission, Place
from entrypoints.serving.http_protocol import HttpProtocol
from entrypoints.serving.prompt_server import PromptServer

LEAVING_SECONDS = 0.5
"""How long requests that were broken off may take to clean up."""

logger = logging.getLogger(__name__)


class StoppableServer(PromptServer):
    """Takes connections in by itself, and tells when it listens."""

    def __init__(self, config: uvicorn.Config, admission: Admission) -> None:
        super().__init__(config)
        self._admission = admission
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        self.servers = cast(
            Any, [Acceptor(each, self._admission, self._connecting) for each in sockets or ()]
        )
        self.started = True
        self.listening.set()

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop, or cancelled: then no request is waited for."""
        try:
            await super().serve(sockets)
        finally:
            self._break_off()
        if self.server_state.tasks:
            await asyncio.wait(tuple(self.server_state.tasks), timeout=LEAVING_SECONDS)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to their owner."""
        yield

    def _connecting(self, place: Place) -> asyncio.Protocol:
        protocol: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state={}, place=place
        )
        return protocol

    def _cut_off(self) -> None:
        """The grace time is over."""
        logger.warning(
            "%(calls)d calls did not end in time and are told to come again",
            {"event": "calls_broken_off", "calls": len(self.server_state.tasks)},
        )
        self._break_off()

    def _break_off(self) -> None:
        """Tell those who still wait to come again, and end what is done for them."""
        for connection in tuple(self.server_state.connections):
            if isinstance(connection, HttpProtocol):
                connection.break_off()
        for task in tuple(self.server_state.tasks):
            task.cancel()
