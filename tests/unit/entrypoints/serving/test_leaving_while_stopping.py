"""A client says goodbye in the moment in which the server stops."""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.frames import Close, Frame, Opcode

from entrypoints.serving.websocket.protocol import WireProtocol

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: gateway\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
GOODBYE = Frame(Opcode.CLOSE, Close(1000, "").serialize()).serialize(mask=True)


class Unread(asyncio.Transport):
    """A connection whose client takes nothing, so that closing it takes a while."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.is_closed = False

    def get_extra_info(self, _: str, default: Any = None) -> Any:
        return default

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += data

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return len(self.sent)

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True


async def accept(_: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
    await receive()


async def test_the_server_stops_all_the_same() -> None:
    config = Config(accept, ws_ping_interval=None)
    config.load()
    transport, state = Unread(), ServerState()
    protocol = WireProtocol(config, state, {})
    protocol.connection_made(transport)
    protocol.data_received(HANDSHAKE)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert transport.sent.startswith(b"HTTP/1.1 101 ")
    protocol.data_received(GOODBYE)

    protocol.shutdown()

    assert transport.is_closed
    assert transport.sent.count(b"\x88\x02\x03\xe8") == 1
    await asyncio.gather(*state.tasks)
    protocol.connection_lost(None)
