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

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import CloseCode as StandardCode
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.protocol import State

from application.live.outlet import Frame, Outlet, StreamEnd, StreamNotice
from entrypoints.streams.close_codes import CloseCode
from entrypoints.streams.messages import notice_frame
from entrypoints.websocket.lean import Gate, Inbox

EXTENSION = "emporia.wire"
KERNEL_BUFFER_BYTES = 128 * 1024
"""What the kernel may hold for a reader that does not read; it doubles this for its own use."""

MOST_UNREAD_BYTES = 64 * 1024
"""How much may wait for a reader before its pings go unanswered."""

HANG_UP_SECONDS = 3.0
"""How long a connection that is over may take to tell the last word."""


class WireProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, which also lets the application write prebuilt frames.

    It is stricter about ends, too: nothing follows a close frame, and a connection that is over
    is gone soon, even if its reader never takes what was written to it.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.queue = cast(Any, Inbox())
        self.writable = cast(Any, Gate())
        self.writable.set()

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

    def start_keepalive(self) -> None:
        """The handshake is over: what it took, some 3 KB, is of no more use."""
        super().start_keepalive()
        self.request = self.response = cast(Any, None)
        self.scope["headers"] = []

    def handle_ping(self) -> None:
        """Answer, unless a close frame was sent, or former answers pile up unread."""
        if not self.close_sent and not self._is_flooded():
            super().handle_ping()
            return
        self.conn.data_to_send()

    def send_receive_event_to_app(self) -> None:
        """Hand a message on; a text that is none closes the connection without a traceback."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.conn.fail(StandardCode.INVALID_DATA)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        """Close; what the parser answered after a close frame stays unsent."""
        if self.close_sent:
            self.conn.data_to_send()
        super().handle_parser_exception()
        self._hang_up()

    def handle_close(self, event: WebSocketFrame) -> None:
        """Answer the client's close."""
        super().handle_close(event)
        self._hang_up()

    def eof_received(self) -> None:
        """The client sends nothing more, so the loop closes the transport."""
        super().eof_received()
        self._hang_up()

    def keepalive_timeout(self) -> None:
        """Let go of a client that answers no pings."""
        super().keepalive_timeout()
        self._hang_up()

    def shutdown(self) -> None:
        """Close because the server stops."""
        super().shutdown()
        self._hang_up()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """The conversation is over."""
        super().on_task_complete(task)
        self._hang_up()

    def _is_flooded(self) -> bool:
        unread_bytes = self.transport.get_write_buffer_size()
        return self.conn.state is State.OPEN and unread_bytes > MOST_UNREAD_BYTES

    def _hang_up(self) -> None:
        """Closing a transport waits until all is read, which may be never."""
        self.loop.call_later(HANG_UP_SECONDS, self.transport.abort)


class Wire:
    """One socket's transport, and the state of the connection that says whether it may be used."""

    __slots__ = ("_protocol", "connection", "transport")

    def __init__(self, protocol: WebSocketsSansIOProtocol) -> None:
        self._protocol = protocol
        self.connection = protocol.conn
        self.transport: Transport = protocol.transport

    def cut(self, code: CloseCode) -> None:
        """Close a socket whose reader does not read, without waiting for it."""
        if self.connection.state is State.OPEN:
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
        self._silent = True
        self._coded = False

    def begin(self) -> None:
        """Write from now on; the client knows that it is welcome."""
        self._silent = self._ended

    def tell_codes(self) -> None:
        """Say notices with their codes from now on."""
        self._coded = True

    @property
    def has_ended(self) -> bool:
        """Whether the end was told."""
        return self._ended

    def put_frame(self, frame: Frame) -> None:
        """Write the frame, unless the reader has not even taken the last."""
        if not self._may_write():
            return
        if self._transport.get_write_buffer_size():
            self._wait_for_drain()
            return
        self._stuck_since = None
        self._transport.write(on_the_wire(frame))

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
        return (
            not self._silent
            and self._connection.state is State.OPEN
            and not self._transport.is_closing()
        )

    def _wait_for_drain(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._stuck_since is None:
            self._stuck_since = now
        elif now - self._stuck_since >= self._patience_seconds:
            self.end(StreamEnd.TOO_SLOW)
