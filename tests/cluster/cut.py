"""A line between two programs that a test cuts, and mends, at will."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

POSTGRES_SOCKET = ".s.PGSQL.5432"

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class Cut:
    """While it is cut nothing passes, in neither direction, and nobody is told: packets are lost.

    What was under way is lost with it: mended, the connections of before are ended.
    """

    is_cut: bool = False
    writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """Let nothing pass from now on."""
        self.is_cut = True

    def mend(self) -> None:
        """Let new connections pass; those of before are ended."""
        self.is_cut = False
        for writer in tuple(self.writers):
            writer.transport.abort()

    async def carry(self, near: Pair, connect: Callable[[], Awaitable[Pair]]) -> None:
        """Carry one connection until it ends."""
        self.writers.add(near[1])
        far: Pair | None = None
        try:
            while self.is_cut:
                await asyncio.sleep(0.05)
                if near[1].is_closing():
                    return
            far = await connect()
            self.writers.add(far[1])
            await asyncio.gather(self._pass(near[0], far[1]), self._pass(far[0], near[1]))
        except OSError:
            pass
        finally:
            for _, writer in filter(None, (near, far)):
                self.writers.discard(writer)
                writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while part := await reader.read(65_536):
                if self.is_cut:
                    continue
                writer.write(part)
                await writer.drain()
        if not self.is_cut:
            writer.close()


@asynccontextmanager
async def cut_tcp(cut: Cut, port: int) -> AsyncIterator[int]:
    """A port of this machine that leads to another while it is not cut."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await cut.carry((reader, writer), lambda: asyncio.open_connection("127.0.0.1", port))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with _ended(server, cut):
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def cut_unix(cut: Cut, there: Path, here: Path) -> AsyncIterator[None]:
    """A folder that leads to PostgreSQL's socket in another while it is not cut."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await cut.carry(
            (reader, writer), lambda: asyncio.open_unix_connection(there / POSTGRES_SOCKET)
        )

    server = await asyncio.start_unix_server(serve, here / POSTGRES_SOCKET)
    async with _ended(server, cut):
        yield


@asynccontextmanager
async def _ended(server: asyncio.Server, cut: Cut) -> AsyncIterator[None]:
    try:
        yield
    finally:
        server.close()
        cut.mend()
