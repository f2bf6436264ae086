"""The short way to a socket: one prebuilt frame, written straight to many transports.

Encoding, framing and the ASGI machinery cost more than the write itself; here they are paid
once a frame instead of once a socket. This file alone knows uvicorn's inside; the version is
pinned, and every other server gets its frames over plain ASGI.
"""

import asyncio
import socket
from asyncio.transports import BaseTransport, Transport
from collections.abc import Callable, Mapping
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from application.outlet import Frame, Outlet, StreamEnd, StreamNotice
from entrypoints.websocket.close_codes import CloseCode
from entrypoints.websocket.messages import POLLS_FAILING

EXTENSION = "emporia.wire"
KERNEL_BUFFER_BYTES = 128 * 1024
"""What the kernel may hold for a reader that does not read; it doubles this for its own use."""

CUT_AFTER_SECONDS = 2.0


class WireProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, which also lets the application write prebuilt frames."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Cap what the kernel buffers, then go on as ever."""
        kernel_socket = transport.get_extra_info("socket")
        if kernel_socket is not None:
            kernel_socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)
        super().connection_made(transport)

    def handle_connect(self, event: Request) -> None:
        """Offer the wire, unless an extension changes what frames look like."""
        super().handle_connect(event)
        if self.handshake_initiated and not self.conn.extensions and not self.close_sent:
            extensions = cast(dict[str, Any], self.scope["extensions"])
            extensions[EXTENSION] = Wire(self)


class Wire:
    """One socket's transport, and the state of the connection that says whether it may be used."""

    __slots__ = ("_protocol", "connection", "transport")

    def __init__(self, protocol: WebSocketsSansIOProtocol) -> None:
        self._protocol = protocol
        self.connection = protocol.conn
        self.transport: Transport = protocol.transport

    def cut(self, code: CloseCode) -> None:
        """Close a socket whose reader does not read: the close frame goes last, then the line."""
        if self.connection.state is State.OPEN:
            self.connection.send_close(code)
            self.transport.write(b"".join(self.connection.data_to_send()))
            self._protocol.close_sent = True
            asyncio.get_running_loop().call_later(CUT_AFTER_SECONDS, self.transport.abort)


def wire_of(scope: Mapping[str, Any]) -> Wire | None:
    """The wire of this connection, None on a server that has none."""
    wire = scope.get("extensions", {}).get(EXTENSION)
    return wire if isinstance(wire, Wire) else None


class WireOutlet(Outlet):
    """Writes frames to a transport, and none to one that still has bytes of the last.

    Nothing is written once a close frame was sent or received: the connection's state says so.
    """

    __slots__ = (
        "_connection",
        "_ended",
        "_leave",
        "_patience_seconds",
        "_stuck_since",
        "_transport",
    )

    def __init__(
        self, wire: Wire, leave: Callable[[StreamEnd], None], *, patience_seconds: float
    ) -> None:
        self._connection = wire.connection
        self._transport = wire.transport
        self._leave = leave
        self._patience_seconds = patience_seconds
        self._stuck_since: float | None = None
        self._ended = False

    @property
    def has_ended(self) -> bool:
        """Whether the end was told."""
        return self._ended

    def put_frame(self, frame: Frame) -> None:
        """Write the frame, unless the reader has not even taken the last."""
        if self._connection.state is not State.OPEN or self._ended:
            return
        if self._transport.get_write_buffer_size():
            self._wait_for_drain()
            return
        self._stuck_since = None
        self._transport.write(frame.wire)

    def put_notice(self, notice: StreamNotice) -> None:
        """Write the notice even so: there is one an outage."""
        if self._connection.state is State.OPEN and not self._ended:
            self._transport.write(NOTICES[notice].wire)

    def end(self, reason: StreamEnd) -> None:
        """Leave the goodbye to the conversation."""
        if not self._ended:
            self._ended = True
            self._leave(reason)

    def _wait_for_drain(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._stuck_since is None:
            self._stuck_since = now
        elif now - self._stuck_since >= self._patience_seconds:
            self.end(StreamEnd.TOO_SLOW)


NOTICES = {StreamNotice.POLLS_FAILING: POLLS_FAILING}
