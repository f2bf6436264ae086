"""uvicorn's WebSocket protocol in less memory: slots for a dictionary, and nothing made twice."""

import asyncio
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.protocol import State

from entrypoints.serving.admission import Place
from entrypoints.serving.websocket.connection import LOGGER, WebSocketConnection, handshake_of
from entrypoints.serving.websocket.plain_handshake import answer
from entrypoints.websocket.lean import Gate, Inbox
from entrypoints.websocket.wire import Taker

CLOSE_SECONDS = 10.0
"""How long a client may take to answer a close."""


class LeanWebSocketProtocol(WebSocketsSansIOProtocol):
    """Behaves as its parent does, but takes nothing in before the handshake is answered."""

    conn: WebSocketConnection
    frames: list[Any]

    __slots__ = (
        "_accept",
        "app",
        "app_state",
        "asgi_version",
        "client",
        "close_sent",
        "close_timeout",
        "close_timer",
        "config",
        "conn",
        "connections",
        "curr_msg_data_type",
        "default_headers",
        "disconnected",
        "early",
        "frames",
        "handshake_complete",
        "handshake_initiated",
        "initial_response",
        "last_ping_rtt",
        "logger",
        "loop",
        "pending_ping_payload",
        "ping_interval",
        "ping_sent_at",
        "ping_timeout",
        "ping_timer",
        "place",
        "pong_timer",
        "queue",
        "read_paused",
        "request",
        "response",
        "root_path",
        "scheme",
        "scope",
        "server",
        "taker",
        "tasks",
        "transport",
        "writable",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        # The parent's own would make a queue, an event and a connection only to throw them away.
        self.config = config
        self.app = config.loaded_app
        self.loop = _loop or asyncio.get_running_loop()
        self.logger = LOGGER
        self.root_path = config.root_path
        self.asgi_version = config.asgi_version
        self.app_state = app_state
        self.connections = server_state.connections
        self.tasks = server_state.tasks
        self.default_headers = server_state.default_headers
        self.queue = cast(Any, Inbox())
        self.place: Place | None = None
        self.taker: Taker | None = None
        self._accept: bytes | None = None
        self.early = b""
        self.handshake_initiated = self.handshake_complete = False
        self.close_sent = self.disconnected = False
        self.close_timer = self.initial_response = None
        self.close_timeout = CLOSE_SECONDS
        self.conn = WebSocketConnection(
            max_message_bytes=config.ws_max_size, deflates=config.ws_per_message_deflate
        )
        self.read_paused = False
        self.writable = cast(Any, Gate())
        self.writable.set()
        self.ping_interval = config.ws_ping_interval
        self.ping_timeout = config.ws_ping_timeout
        self.ping_timer = self.pong_timer = self.pending_ping_payload = None
        self.ping_sent_at = self.last_ping_rtt = 0.0
        self.frames = []
        self.curr_msg_data_type = "bytes"

    def shutdown(self) -> None:
        """Close because the server stops.

        Where the client has said goodbye already, uvicorn would answer it a second time, which is
        an error that ends the whole stop.
        """
        if self.conn.state in (State.CLOSING, State.CLOSED):
            self.close_sent = True
        super().shutdown()

    def inherit(self, former: HttpToolsProtocol, place: Place | None) -> None:
        """Go on with a connection that spoke HTTP before, in its place."""
        self.place = place
        self.transport = former.transport
        self.server, self.client = former.server, former.client
        self.scheme = "wss" if former.scheme == "https" else "ws"
        self.connections.add(self)

    def begin(
        self,
        address: bytes,
        headers: list[tuple[bytes, bytes]],
        *,
        accept: bytes,
        offers: Mapping[str, Any],
    ) -> None:
        """Ask the application about a plain handshake.

        `accept` is the proof to answer with; `offers` are extensions of ASGI.
        """
        self._accept = accept
        self.conn.accept_called = self.handshake_initiated = True
        path, _, query = address.partition(b"?")
        self.scope = {
            "type": "websocket",
            "asgi": {"version": self.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": self.scheme,
            "server": self.server,
            "client": self.client,
            "root_path": self.root_path,
            "path": self.root_path + unquote(path.decode("ascii")),
            "raw_path": self.root_path.encode("ascii") + path,
            "query_string": query,
            "headers": headers,
            "subprotocols": [],
            "state": self.app_state.copy(),
            "extensions": {"websocket.http.response": {}, **offers},
        }
        self.queue.put_nowait({"type": "websocket.connect"})
        task = self.loop.create_task(self.run_asgi())
        task.add_done_callback(self.on_task_complete)
        self.tasks.add(task)

    async def send(self, message: Any) -> None:
        """Send; the answer to a plain handshake is made here."""
        if self._accept is not None and message["type"] == "websocket.accept":
            accept, self._accept = self._accept, None
            if self._is_plain(message):
                self._welcome(accept)
                return
            asked = handshake_of("GET", self.scope["raw_path"], [*self.scope["headers"]])
            self.response = self.conn.accept(asked)
        await super().send(message)

    def _is_plain(self, message: Any) -> bool:
        is_asked = not self.disconnected and self.initial_response is None
        return is_asked and not message.get("subprotocol") and not message.get("headers")

    def _welcome(self, accept: bytes) -> None:
        if not self.transport.is_closing():
            self.handshake_complete = True
            self.conn.state = State.OPEN
            self.transport.write(answer(accept, self.default_headers))
            self.start_keepalive()

    def hold(self, data: bytes) -> None:
        """Keep what a hasty client sent: looked at now, it would be answered too early."""
        self.early += data
        self.transport.pause_reading()

    def start_keepalive(self) -> None:
        """The handshake is over: what was kept is next."""
        super().start_keepalive()
        if self.early:
            self.loop.call_soon(self._take_early)

    def _take_early(self) -> None:
        early, self.early = self.early, b""
        self.read_on()
        self.data_received(early)

    def read_on(self) -> None:
        """Others had the loop; read on, unless a message still waits for its reader."""
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()
