"""Viewers by the hundred: as little as a client of the stream can be, and when each frame came."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.attack.measuring import EARLY_SECONDS

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
SWITCHED = 101
NO_MASK = bytes(4)


class NotLetIn(Exception):
    """The gateway answered the handshake with another status than 101."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True, kw_only=True)
class Viewer:
    """One WebSocket that has authenticated, listens, and answers pings."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    arrivals: list[float] = field(default_factory=list)
    """When each frame of data came, by the wall clock."""
    close_code: int | None = None
    has_ended: bool = False

    @classmethod
    async def open(cls, port: int, token: str) -> "Viewer":
        """Connect and authenticate; raises NotLetIn or OSError."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(HANDSHAKE)
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            writer.transport.abort()
            raise ConnectionResetError from None
        except OSError:
            writer.transport.abort()
            raise
        status = int(head.split()[1])
        if status != SWITCHED:
            writer.transport.abort()
            raise NotLetIn(status)
        writer.write(_frame(f'{{"type":"authenticate","token":"{token}"}}'.encode()))
        return cls(reader=reader, writer=writer)

    async def watch(self) -> None:
        """Read until the stream ends or this is cancelled."""
        try:
            with suppress(asyncio.IncompleteReadError, OSError):
                while not self.has_ended:
                    await self.read()
        finally:
            self.has_ended = True
            self.writer.transport.abort()

    async def read(self) -> None:
        """Take in one frame."""
        first, length = await self.reader.readexactly(2)
        if length == 126:  # RFC 6455, 5.2
            length = int.from_bytes(await self.reader.readexactly(2))
        elif length == 127:
            length = int.from_bytes(await self.reader.readexactly(8))
        payload = await self.reader.readexactly(length)
        kind = first & 0xF
        if kind == PING:
            self.writer.write(_frame(payload, kind=PONG))
        elif kind == CLOSE:
            self.close_code, self.has_ended = int.from_bytes(payload[:2]), True
        elif payload.startswith(b'{"type":"deviceData"'):
            self.arrivals.append(time.time())

    async def first_frame(self) -> None:
        """Wait for data; raises ConnectionResetError where the stream ends before."""
        while not self.arrivals:
            try:
                await self.read()
            except asyncio.IncompleteReadError:
                raise ConnectionResetError from None
            if self.has_ended:
                raise ConnectionResetError


def lateness(viewers: list[Viewer], *, began: float, ended: float) -> tuple[list[float], int]:
    """How late after its full second each frame came, and how many seconds brought none."""
    late, missed = [], 0
    seconds = range(int(began) + 1, int(ended))
    for viewer in viewers:
        arrivals = [at for at in viewer.arrivals if began <= at < ended]
        late += [(at + EARLY_SECONDS) % 1 - EARLY_SECONDS for at in arrivals]
        missed += len(set(seconds) - {int(at + EARLY_SECONDS) for at in arrivals})
    return late, missed


def _frame(payload: bytes, *, kind: int = TEXT) -> bytes:
    length = len(payload)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + length.to_bytes(2)
    return bytes([0x80 | kind]) + size + NO_MASK + payload
