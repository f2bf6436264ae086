"""One WebSocket connection: uvicorn's protocol, smaller, stricter, and with the wire."""

import asyncio
from asyncio.transports import BaseTransport
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.frames import CloseCode as StandardCode
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

from entrypoints.serving.hanging_up import (
    HANG_UP_SECONDS,
    LEFTOVER_SECONDS,
    limit_buffers,
    read_slowly,
)
from entrypoints.serving.refusals import WRONG_VERSION, Headers, Refusal, of_handshake
from entrypoints.serving.websocket.connection import handshake_of, has_body, is_of_version_13
from entrypoints.serving.websocket.frame_budget import KNOWN, FrameBudget
from entrypoints.serving.websocket.plain_handshake import accept_of
from entrypoints.serving.websocket.telling import TellingWebSocketProtocol
from entrypoints.streams.close_codes import CloseCode
from entrypoints.websocket.wire import EXTENSION, Taker, Wire

MOST_UNREAD_BYTES = 64 * 1024  # what may wait for a reader before its pings go unanswered

SLICE_BYTES = 512  # so much is parsed before frames are counted: no more than 85 of them

QUIET_PING_SECONDS = 20.0
"""How often a client is pinged before its first frame: proxies cut lines that are silent for 50."""


class WireProtocol(TellingWebSocketProtocol):
    """uvicorn's WebSocket protocol, which also lets the application write prebuilt frames.

    It is stricter about ends, too: nothing follows a close frame, and a connection that is over
    is gone soon, even if its reader never takes what was written to it.
    """

    __slots__ = ("_budget", "_ending", "_is_deaf")

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._budget = FrameBudget(self.loop)
        self._is_deaf = False
        self._ending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Cap what the kernel buffers, then go on as ever."""
        limit_buffers(transport)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        if self.place is not None:
            self.place.leave()
        if self._ending is not None:
            self._ending.cancel()
        super().connection_lost(exc)

    def shake_hands(self, method: str, address: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        """Go on from a request that was read as HTTP."""
        if has_body(headers) or not address.isascii():
            self.refuse_handshake(headers=headers)
            return
        self.conn.expect_frames()
        accept = accept_of(method, headers, negotiates=self.config.ws_per_message_deflate)
        if accept is not None:
            self.begin(address, headers, accept=accept, offers={EXTENSION: Wire(self)})
        elif method == "GET" and not is_of_version_13(headers):
            self.refuse_handshake(WRONG_VERSION, headers=headers)
        else:
            self.conn.asked_with = headers
            self.handle_connect(handshake_of(method, address, headers))

    def handle_connect(self, event: Request) -> None:
        """Offer the wire, unless an extension changes what frames look like."""
        super().handle_connect(event)
        if self.close_sent:
            self._hang_up()
        elif not self.conn.extensions:
            extensions = cast(dict[str, Any], self.scope["extensions"])
            extensions[EXTENSION] = Wire(self)

    async def send(self, message: Any) -> None:
        """Send; a handshake that the application refused is over, which uvicorn takes for a bug."""
        await super().send(message)
        if self.initial_response is not None and self.close_sent:
            self.handshake_complete = True

    def welcome(self, taker: Taker) -> None:
        """The client has authenticated: it may send more, and frames come from there."""
        self._budget.grant(KNOWN)
        super().welcome(taker)

    def start_keepalive(self) -> None:
        """The handshake is over: what it took, some 3 KB, is of no more use."""
        super().start_keepalive()
        self.request = self.response = cast(Any, None)
        self.conn.asked_with = ()
        self.scope["headers"] = []

    def schedule_ping(self) -> None:
        """Frames keep a line open by themselves; before the first, pings have to."""
        interval = self.config.ws_ping_interval
        is_quiet = self.taker is None or not self.taker.has_written
        if interval is not None:
            self.ping_interval = min(interval, QUIET_PING_SECONDS) if is_quiet else interval
        super().schedule_ping()

    def data_received(self, data: bytes) -> None:
        """Take frames in, slice by slice: a client that sends too many is stopped in between."""
        if self._is_deaf:
            read_slowly(self.loop, self.transport)
            return
        if self.handshake_initiated and not self.handshake_complete:
            self.hold(data)
            return
        if len(data) <= SLICE_BYTES:
            self._take(data)
            return
        for start in range(0, len(data), SLICE_BYTES):
            if not self._take(data[start : start + SLICE_BYTES]):
                return
        if not self.transport.is_closing():
            self.transport.pause_reading()
            self.loop.call_soon(self.read_on)

    def _take(self, data: bytes) -> bool:
        """Whether there may be more."""
        self.conn.receive_data(data)
        if not self.handshake_initiated and self.conn.handshake_exc is not None:
            self.refuse_handshake()
            return False
        if self.conn.parser_exc is not None:
            self.handle_parser_exception()
            return False
        if not self._budget.take(len(self.conn.events)):
            self._stop_flood()
            return False
        events = self.conn.events
        self.handle_events()
        for frame in (each for each in events if isinstance(each, Frame)):
            frame.data = b""  # the parser holds on to the last, which was the token's
        return True

    def refuse_handshake(self, refusal: Refusal | None = None, *, headers: Headers = ()) -> None:
        """Answer what is no handshake; what the library found so it answers, but for the worst."""
        output = b"".join(self.conn.data_to_send())
        self.transport.write(output or (refusal or of_handshake(400)).serialize(headers))
        self.handshake_complete = self.close_sent = True
        self.transport.close()
        self._hang_up()

    def _stop_flood(self) -> None:
        """Close without a look at what came; who floods a connection that is closed is cut off."""
        self.conn.events_received()
        self.conn.data_to_send()
        if self.close_sent:
            self.transport.abort()
            return
        code = CloseCode.TOO_MANY_FRAMES
        self.conn.fail(code)
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        self.close_sent = self._is_deaf = True
        self.transport.write(b"".join(self.conn.data_to_send()))
        # Closed at once, what it still sends would reset the connection before it reads why.
        self.transport.write_eof()
        self.close_timer = self.loop.call_later(LEFTOVER_SECONDS, self.transport.close)
        self._hang_up()

    def handle_cont(self, event: Frame) -> None:
        """Join the pieces of a message as they come: a million empty ones are nothing."""
        whole = self.frames.pop()
        if not isinstance(whole, bytearray):
            whole = bytearray(whole)
        whole += event.data
        self.frames = [whole]
        if event.fin:
            self.send_receive_event_to_app()

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

    def handle_close(self, event: Frame) -> None:
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
        if self._ending is None and not self.disconnected:
            self._ending = self.loop.call_later(HANG_UP_SECONDS, self.transport.abort)
