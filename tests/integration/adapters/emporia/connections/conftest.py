"""A cloud that is played byte by byte, and the transport that asks it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
import pytest

from adapters.emporia.exchange.wire_transport import WireTransport
from tests.integration.plain_http import WITHOUT_TLS

READ_SECONDS = 5.0


@dataclass(slots=True)
class Line:
    """One connection, as the cloud sees it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def asked(self) -> bytes:
        """The head of the next request."""
        return await self.reader.readuntil(b"\r\n\r\n")

    async def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    async def ended(self) -> None:
        """Wait until the other side has hung up."""
        with suppress(ConnectionError):
            while await self.reader.read(65_536):
                pass


GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"


async def good(line: Line) -> None:
    """Answer every request."""
    while True:
        await line.asked()
        await line.say(GOOD)


async def good_once(line: Line) -> None:
    """Answer, and hang up."""
    await line.asked()
    await line.say(GOOD)


Play = Callable[[Line], Awaitable[None]]


@dataclass(slots=True)
class PlayedCloud:
    """Plays a scene a connection, in turn; hangs up after each."""

    address: str = ""
    scenes: list[Play] = field(default_factory=list)
    connections: int = 0
    playing: set["asyncio.Task[None]"] = field(default_factory=set)

    def plays(self, *scenes: Play) -> None:
        self.scenes = list(scenes)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.playing.add(task)
        scene = self.scenes[self.connections]
        self.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await scene(Line(reader, writer))
        finally:
            writer.close()


@pytest.fixture
async def cloud() -> AsyncIterator[PlayedCloud]:
    played = PlayedCloud()
    server = await asyncio.start_server(played.accept, "127.0.0.1", 0)
    played.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield played
    server.close()
    for task in played.playing:
        task.cancel()
    await asyncio.gather(*played.playing, return_exceptions=True)


@dataclass(slots=True)
class Asker:
    """Asks the cloud by the transport alone."""

    transport: WireTransport
    address: str

    async def begin(
        self,
        *,
        read_seconds: float = READ_SECONDS,
        pool_seconds: float = READ_SECONDS,
        headers: Sequence[tuple[str, str]] = (),
        content: bytes | None = None,
    ) -> httpx.Response:
        """The answer, of which the head has come."""
        timeout = {"connect": 5.0, "read": read_seconds, "write": 5.0, "pool": pool_seconds}
        request = httpx.Request(
            "GET" if content is None else "POST",
            f"{self.address}/x?y=z",
            headers=list(headers),
            content=content,
            extensions={"timeout": timeout},
        )
        return await self.transport.handle_async_request(request)

    async def ask(self, *, read_seconds: float = READ_SECONDS) -> tuple[int, bytes]:
        """Status and body."""
        answer = await self.begin(read_seconds=read_seconds)
        try:
            return answer.status_code, await answer.aread()
        finally:
            await answer.aclose()


@pytest.fixture
async def asker(cloud: PlayedCloud) -> AsyncIterator[Asker]:
    transport = WireTransport(WITHOUT_TLS)
    yield Asker(transport, cloud.address)
    await transport.aclose()
