"""The short way to a socket: one prebuilt frame, written straight to many transports.

Encoding, framing and the ASGI machinery cost more than the write itself; here they are paid
once a frame instead of once a socket. A server that does not offer the wire gets the same frames
over plain ASGI.
"""

import asyncio
from asyncio.transports import Transport
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from application.live.feed.outlet import Frame, Outlet, StreamEnd, StreamNotice
from entrypoints.streams.close_codes import CloseCode
from entrypoints.streams.messages import notice_frame

EXTENSION = "emporia.wire"

NOTHING_YET = -1.0


class Connection(Protocol):
    """What the WebSocket library knows of a connection, as far as the wire has to know it."""

    is_open: bool
    """Whether the handshake is over, and no close frame was sent or received."""

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

    def welcome(self, outlet: "WireOutlet") -> None:
        """The client has authenticated, and its frames come from there."""
        ...


class Wire:
    """One socket's transport, and the state of the connection that says whether it may be used."""

    __slots__ = ("_protocol", "connection", "transport")

    def __init__(self, protocol: WireEnd) -> None:
        self._protocol = protocol
        self.connection = protocol.conn
        self.transport = protocol.transport

    def welcome(self, outlet: "WireOutlet") -> None:
        """Let the client send more than a stranger may."""
        self._protocol.welcome(outlet)

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


def on_the_wire(frame: Frame) -> bytes:
    """The frame as RFC 6455 has it: a server masks nothing, so all sockets get the same bytes."""
    if frame.prepared is None:
        frame.prepared = WebSocketFrame(Opcode.TEXT, frame.text).serialize(mask=False)
    return frame.prepared


class WireOutlet(Outlet):
    """Writes frames to a transport, and none to one that still has bytes of the last.

    Nothing is written before `begin`, nor once a close frame was sent or received: the connection's
    state says so.
    """

    __slots__ = (
        "_coded",
        "_connection",
        "_ended",
        "_leave",
        "_patience_seconds",
        "_silent",
        "_stuck_since",
        "_transport",
        "_wire",
    )

    def __init__(
        self, wire: Wire, leave: Callable[[StreamEnd], None], *, patience_seconds: float
    ) -> None:
        self._wire = wire
        self._connection = wire.connection
        self._transport = wire.transport
        self._leave = leave
        self._patience_seconds = patience_seconds
        self._stuck_since: float | None = NOTHING_YET
        self._ended = False
        self._silent = True
        self._coded = False

    def begin(self) -> None:
        """Write from now on; the client knows that it is welcome."""
        self._silent = self._ended
        self._wire.welcome(self)

    @property
    def has_written(self) -> bool:
        """Whether a frame was written yet; told so that writing one costs nothing more."""
        return self._stuck_since != NOTHING_YET

    def tell_codes(self) -> None:
        """Say notices with their codes from now on."""
        self._coded = True

    @property
    def has_ended(self) -> bool:
        """Whether the end was told."""
        return self._ended

    def put_frame(self, frame: Frame) -> None:
        """Write the frame, unless the reader has not even taken the last."""
        transport = self._transport
        # As `_may_write` says, without a call: this is done once a second for every socket.
        if self._silent or not self._connection.is_open or transport.is_closing():
            return
        if transport.get_write_buffer_size():
            frame.missed += 1
            self._wait_for_drain()
            return
        self._stuck_since = None
        transport.write(frame.prepared or on_the_wire(frame))

    def put_notice(self, notice: StreamNotice) -> None:
        """Write the notice even so: there is one an outage."""
        if self._may_write():
            self._transport.write(on_the_wire(notice_frame(notice, coded=self._coded)))

    def end(self, reason: StreamEnd) -> None:
        """Leave the goodbye to the conversation."""
        if not self._ended:
            self._ended = self._silent = True
            self._leave(reason)

    def _may_write(self) -> bool:
        """A connection that broke without a close frame is open still, but its transport is not."""
        is_over = self._silent or not self._connection.is_open
        return not is_over and not self._transport.is_closing()

    def _wait_for_drain(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._stuck_since is None or self._stuck_since == NOTHING_YET:
            self._stuck_since = now
        elif now - self._stuck_since >= self._patience_seconds:
            self.end(StreamEnd.TOO_SLOW)
