"""Connections that send what no client sends, and read what is answered to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.frames import Close, Frame, Opcode

STRANGER = "127.0.0.2"
"""An address that is nobody's proxy."""

KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read to the end of its connection."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        """The sentence of the envelope, which has nothing else."""
        assert self.headers["content-type"] == "application/json"
        [(name, sentence)] = json.loads(self.body).items()
        assert name == "error"
        return str(sentence)

    @property
    def code(self) -> str:
        """The code of the problem that it is."""
        assert self.headers["content-type"] == "application/problem+json"
        told = json.loads(self.body)
        assert told["status"] == self.status
        assert told["type"] == f"/docs/errors#{told['code']}"
        return str(told["code"])

    def is_hardened(self) -> bool:
        """Whether it has the headers that every answer has."""
        return (
            self.headers["cache-control"] == "no-store"
            and self.headers["x-content-type-options"] == "nosniff"
            and self.headers["referrer-policy"] == "no-referrer"
        )


class Peer:
    """The other end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, data: bytes | str) -> None:
        """Send; what nobody takes any more is no failure."""
        with suppress(ConnectionError):
            self.writer.write(data if isinstance(data, bytes) else data.encode())
            await self.writer.drain()

    async def send_frames(self, *frames: Frame, times: int = 1) -> None:
        await self.send(b"".join(frame.serialize(mask=True) for frame in frames) * times)

    async def rest(self) -> bytes:
        """All up to the end of the connection, however it ends."""
        chunks = []
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                while chunk := await self.reader.read(65_536):
                    chunks.append(chunk)
        return b"".join(chunks)

    async def answer(self) -> Answer:
        """The only answer there is."""
        head, _, body = (await self.rest()).partition(b"\r\n\r\n")
        status_line, *lines = head.decode().split("\r\n")
        fields = (line.partition(": ") for line in lines)
        headers = {name.lower(): value for name, _, value in fields}
        return Answer(int(status_line.split()[1]), headers, body)

    async def send_repeatedly(self, piece: bytes) -> bytes:
        """Send a piece again and again until the connection ends; what was answered."""
        rest = asyncio.create_task(self.rest())
        while not rest.done():
            await self.send(piece)
            await asyncio.wait((rest,), timeout=0.02)
        return await rest

    async def upgrade(self) -> "Peer":
        """Speak WebSocket from here on."""
        await self.send(
            f"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{KEY}\r\n"
        )
        assert b" 101 " in await self.reader.readuntil(b"\r\n\r\n")
        return self

    async def authenticate(self, person: Any) -> "Peer":
        message = json.dumps({"type": "authenticate", "token": person.token}).encode()
        await self.send_frames(Frame(Opcode.TEXT, message))
        assert b"Authentication successful" in (await self.next_of(Opcode.TEXT)).data
        return self

    async def next_frame(self) -> Frame:
        first, second = await self.reader.readexactly(2)
        length = second & 0x7F
        if length >= 126:
            length = int.from_bytes(await self.reader.readexactly({126: 2, 127: 8}[length]))
        return Frame(Opcode(first & 0x0F), await self.reader.readexactly(length))

    async def next_of(self, opcode: Opcode) -> Frame:
        while (frame := await self.next_frame()).opcode is not opcode:
            pass
        return frame

    async def close_code(self) -> int:
        """The code with which the gateway closes."""
        async with asyncio.timeout(10):
            return Close.parse((await self.next_of(Opcode.CLOSE)).data).code

    def close(self) -> None:
        self.writer.close()


@pytest.fixture
async def dial() -> AsyncIterator[Callable[..., Any]]:
    """Connects to a stage, from another address where one is named."""
    peers: list[Peer] = []

    async def connect(stage: Any, source: str = "127.0.0.1", **options: Any) -> Peer:
        where = urlsplit(stage.url)
        reader, writer = await asyncio.open_connection(
            where.hostname, where.port, local_addr=(source, 0), **options
        )
        peers.append(Peer(reader, writer))
        return peers[-1]

    yield connect
    for peer in peers:
        peer.writer.transport.abort()


@pytest.fixture
def open_streams() -> Callable[[Any], int]:
    """How many streams a stage knows of."""
    return lambda stage: sum(map(len, stage.container.open_streams()._by_user.values()))
