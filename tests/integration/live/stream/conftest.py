"""Sockets that do what no library lets them do, and servers with and without the wire."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from entrypoints.asgi import create_gateway
from entrypoints.server import listen
from entrypoints.serving.prompt_server import PromptServer
from entrypoints.serving.websocket.protocol import WireProtocol

TICK_SECONDS = 0.02
"""Fifty frames a second, so that they flow while anything else happens."""

PROTOCOLS = {"wire": WireProtocol, "plain": "websockets-sansio"}


class RawSocket:
    """A WebSocket client that sends any bytes, and reads nothing until it is asked to."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._unread = bytearray()
        self.response: Response | None = None

    async def send_bytes(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, data)

    async def send(self, *frames: Frame) -> None:
        """Send frames, masked as a client has to, in one segment."""
        await self.send_bytes(b"".join(frame.serialize(mask=True) for frame in frames))

    async def say(self, message: object) -> None:
        """Send an object as one text frame."""
        await self.send(Frame(Opcode.TEXT, json.dumps(message).encode()))

    async def shake_hands(self, url: str, **headers: str) -> None:
        """Upgrade the connection; the answer is kept in `response`."""
        protocol = ClientProtocol(parse_uri(url))
        request = protocol.connect()
        request.headers.update(headers)
        await self.send_bytes(request.serialize())
        while b"\r\n\r\n" not in self._unread:
            assert await self._receive()
        head, _, rest = bytes(self._unread).partition(b"\r\n\r\n")
        self._unread = bytearray(rest)
        protocol.receive_data(head + b"\r\n\r\n")
        [response] = protocol.events_received()
        assert isinstance(response, Response)
        self.response = response

    async def read_past(self, mark: bytes) -> None:
        """Read until these bytes have come, whatever the protocol."""
        while mark not in self._unread:
            del self._unread[: -len(mark)]
            assert await self._receive()

    async def next_frame(self) -> Frame | None:
        """The next frame, None at the end; bytes that are no good frame fail the test."""
        head = await self._take(2)
        if head is None:
            return None
        length = head[1] & 0x7F
        wide = await self._take({126: 2, 127: 8}.get(length, 0)) or b""
        payload = await self._take(int.from_bytes(wide) if wide else length)
        assert payload is not None
        frame = Frame(
            Opcode(head[0] & 0x0F),
            payload,
            fin=bool(head[0] & 0x80),
            rsv1=bool(head[0] & 0x40),
            rsv2=bool(head[0] & 0x20),
            rsv3=bool(head[0] & 0x10),
        )
        frame.check()
        assert frame.serialize(mask=False) == head + wide + payload
        return frame

    async def next_of(self, opcode: Opcode) -> Frame:
        """The next frame of this kind, others passed over."""
        while (frame := await self.next_frame()) and frame.opcode is not opcode:
            pass
        assert frame is not None
        return frame

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next message of this type, others passed over."""
        while True:
            frame = await self.next_of(Opcode.TEXT)
            message: dict[str, Any] = json.loads(bytes(frame.data))
            if message["type"] == kind:
                return message

    async def rest(self) -> list[Frame]:
        """Every frame up to the end of the connection."""
        frames = []
        while (frame := await self.next_frame()) is not None:
            frames.append(frame)
        return frames

    def half_close(self) -> None:
        """Say that nothing more will be sent, and go on listening."""
        self._socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """End the connection as a crash does."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def close(self) -> None:
        self._socket.close()

    async def _take(self, count: int) -> bytes | None:
        """So many bytes; None at the end of the connection, which may come between frames only."""
        while len(self._unread) < count:
            if not await self._receive():
                assert not self._unread
                return None
        taken = bytes(self._unread[:count])
        del self._unread[:count]
        return taken

    async def _receive(self) -> bool:
        try:
            received = await asyncio.get_running_loop().sock_recv(self._socket, 65536)
        except ConnectionResetError:
            return False
        self._unread += received
        return bool(received)


class _Server(PromptServer):
    """Leaves the signals alone, and tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.listening.set()


@dataclass(slots=True)
class Door:
    """A server in front of a stage's container."""

    url: str
    stage: Any
    server: uvicorn.Server
    _sockets: list[RawSocket] = field(default_factory=list)

    @property
    def connections(self) -> int:
        """How many the server holds."""
        return len(self.server.server_state.connections)

    async def open(self, *, receive_buffer_bytes: int = 0) -> RawSocket:
        """A connection that has said nothing."""
        connected = socket.socket()
        connected.setblocking(False)
        if receive_buffer_bytes:
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
        where = urlsplit(self.url)
        await asyncio.get_running_loop().sock_connect(connected, (where.hostname, where.port))
        raw = RawSocket(connected)
        self._sockets.append(raw)
        return raw

    async def connect(self, *, receive_buffer_bytes: int = 0, **headers: str) -> RawSocket:
        """A socket that was upgraded and has said nothing."""
        raw = await self.open(receive_buffer_bytes=receive_buffer_bytes)
        await raw.shake_hands(self.url, **headers)
        return raw

    async def stream(self, person: Any, **options: Any) -> RawSocket:
        """A socket that has been told `authenticated`, and may have frames unread."""
        raw = await self.connect(**options)
        await raw.say({"type": "authenticate", "token": person.token})
        await raw.hear("authenticated")
        return raw

    def close(self) -> None:
        for raw in self._sockets:
            raw.close()


@pytest.fixture
def doors() -> Callable[..., AbstractAsyncContextManager[Door]]:
    """Opens a further server in front of a stage; keyword arguments are uvicorn's."""

    @asynccontextmanager
    async def door(stage: Any, app: Any = None, **options: Any) -> AsyncIterator[Door]:
        config = uvicorn.Config(
            app or create_gateway(stage.container),
            **{
                "http": "httptools",
                "lifespan": "off",
                "log_config": None,
                "access_log": False,
                "timeout_graceful_shutdown": 5,
                "ws": WireProtocol,
                "ws_max_size": stage.settings.stream_message_limit_bytes,
                "ws_per_message_deflate": False,
                **options,
            },
        )
        listener = listen(host="127.0.0.1", port=0)
        server = _Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await server.listening.wait()
        made = Door(f"ws://127.0.0.1:{listener.getsockname()[1]}/", stage, server)
        try:
            yield made
        finally:
            made.close()
            server.stop()
            await task

    return door


@pytest.fixture(params=PROTOCOLS)
async def door(request: Any, stage: Any, doors: Any) -> AsyncIterator[Door]:
    """A server with the wire, and one without it, while frames flow fast."""
    stage.container.feed.add_kwargs(tick_seconds=TICK_SECONDS)
    async with doors(stage, ws=PROTOCOLS[request.param]) as made:
        yield made


@pytest.fixture
async def wire_door(stage: Any, doors: Any) -> AsyncIterator[Door]:
    """A server with the wire alone, while frames flow fast."""
    stage.container.feed.add_kwargs(tick_seconds=TICK_SECONDS)
    async with doors(stage) as made:
        yield made


@pytest.fixture
def open_streams(stage: Any) -> Callable[[], int]:
    """Counts the streams that the gateway knows of."""
    return lambda: sum(map(len, stage.container.open_streams()._by_user.values()))
