"""The short way to a socket, past the ASGI machinery, which costs more than the write itself.

A server that does not offer the wire gets the same frames over plain ASGI.
"""

from asyncio.transports import Transport
from collections.abc import Mapping
from typing import Any, Protocol

from entrypoints.streams.close_codes import CloseCode

EXTENSION = "emporia.wire"


class Taker(Protocol):
    """What frames come from, once the client has authenticated."""

    @property
    def has_written(self) -> bool:
        """Whether a frame was written yet."""
        ...

    def look_again(self) -> None:
        """Something has happened to the connection: write nothing before a look at it."""
        ...


class Connection(Protocol):
    """What the WebSocket library knows of a connection, as far as the wire has to know it."""

    @property
    def is_open(self) -> bool:
        """Whether the handshake is over, and no close frame was sent or received."""
        ...

    def send_close(self, code: int) -> None:
        """Make a close frame; the connection is open no more."""
        ...

    def data_to_send(self) -> list[bytes]:
        """What was made and is to be written."""
        ...


class WireEnd(Protocol):
    """The server's side of a connection, as far as the wire has to know it."""

    transport: Transport
    close_sent: bool

    @property
    def conn(self) -> Connection:
        """What the WebSocket library knows of it."""
        ...

    def welcome(self, taker: Taker) -> None:
        """The client has authenticated, and its frames come from there.

        The taker is told to look again when the transport begins to hold what was written, when the
        connection is open no more, and when it is lost.
        """
        ...


class Wire:
    """One socket's transport, and the state of the connection that says whether it may be used."""

    __slots__ = ("_protocol", "connection", "transport")

    def __init__(self, protocol: WireEnd) -> None:
        self._protocol = protocol
        self.connection = protocol.conn
        self.transport = protocol.transport

    def welcome(self, taker: Taker) -> None:
        """Let the client send more than a stranger may, and let the taker hear what happens."""
        self._protocol.welcome(taker)

    def cut(self, code: CloseCode) -> None:
        """Close a socket whose reader does not read, without waiting for it."""
        if self.connection.is_open:
            self.connection.send_close(code)
            self.transport.write(b"".join(self.connection.data_to_send()))
            self._protocol.close_sent = True


def wire_of(scope: Mapping[str, Any]) -> Wire | None:
    """The wire of this connection, None on a server that has none."""
    wire = scope.get("extensions", {}).get(EXTENSION)
    return wire if isinstance(wire, Wire) else None
