"""Stands between the gateway and one host of Emporia's cloud: passes on, or lets it go wrong.

It speaks TLS under the host's own name, so that names, certificates and connections can fail too.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the gateway asked."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def saying(self, body: bytes) -> "Answer":
        """The same with another body."""
        return replace(self, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request on its way, and the means to spoil its answer."""

    request: Request
    upstream: Callable[[Request], Awaitable[Answer]]
    writer: asyncio.StreamWriter

    async def answer(self) -> Answer:
        """What the cloud itself says."""
        return await self.upstream(self.request)

    async def write(self, data: bytes) -> None:
        """Send bytes that need not be HTTP."""
        self.writer.write(data)
        await self.writer.drain()

    def cut(self) -> None:
        """Reset the connection."""
        self.writer.transport.abort()


Way = Callable[[Exchange], Awaitable[None]]


def wire(answer: Answer) -> bytes:
    """An answer as HTTP."""
    phrase = HTTPStatus(answer.status).phrase
    lines = [f"HTTP/1.1 {answer.status} {phrase}", f"Content-Length: {len(answer.body)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + answer.body


async def as_it_is(exchange: Exchange) -> None:
    """Pass the cloud's answer on."""
    await exchange.write(wire(await exchange.answer()))


class FaultProxy:
    """One host of the cloud under a port that stays the same whatever happens."""

    def __init__(self, upstream: httpx.AsyncClient, *, trusted: ssl.SSLContext) -> None:
        self._upstream = upstream
        self._trusted = trusted
        self._server: asyncio.Server | None = None
        self._clogged: list[socket.socket] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._is_well = False
        self.port = 0
        self.way: Way = as_it_is
        self.asked = 0

    async def listen(self, tls: ssl.SSLContext | None = None) -> None:
        """Take connections from here on, with this certificate or the good one."""
        await self.refuse()
        self._server = await asyncio.start_server(
            self._serve,
            "127.0.0.1",
            self.port,
            ssl=tls or self._trusted,
            ssl_shutdown_timeout=0.1,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._is_well = tls is None

    async def restore(self) -> None:
        """Pass on what comes; connections that are as they should be stay."""
        self.way = as_it_is
        if not self._is_well:
            await self.listen()

    async def refuse(self) -> None:
        """Take no connections, and cut those there are."""
        self._is_well = False
        if self._server is not None:
            self._server.close()
            self._server = None
        for held in self._clogged:
            held.close()
        self._clogged.clear()
        self.cut()
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def clog(self) -> None:
        """Let nobody's connection be completed: the queue of the listener is full."""
        await self.refuse()
        listener = socket.create_server(("127.0.0.1", self.port), backlog=0)
        self._clogged.append(listener)
        loop = asyncio.get_running_loop()
        for _ in range(8):
            client = socket.socket()
            client.setblocking(False)
            self._clogged.append(client)
            try:
                async with asyncio.timeout(0.05):
                    await loop.sock_connect(client, ("127.0.0.1", self.port))
            except TimeoutError:
                return
        raise AssertionError("this system completes connections that nobody takes")

    def cut(self) -> None:
        """Cut the connections there are."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self._writers.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while not writer.transport.is_closing():
                    request = await _read(reader)
                    self.asked += 1
                    await self.way(Exchange(request=request, upstream=self._ask, writer=writer))
        finally:
            writer.transport.abort()
            self._writers.discard(writer)
            self._serving.discard(task)

    async def _ask(self, request: Request) -> Answer:
        kept = {"x-amz-target", "content-type", "authtoken", "accept"}
        headers = {name: value for name, value in request.headers.items() if name in kept}
        answer = await self._upstream.request(
            request.method, request.target, headers=headers, content=request.body
        )
        dropped = {"content-length", "transfer-encoding", "connection"}
        return Answer(
            status=answer.status_code,
            body=answer.content,
            headers={name: value for name, value in answer.headers.items() if name not in dropped},
        )


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *fields = head.rstrip().split("\r\n")
    method, target, _ = line.split(" ")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in fields)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method=method, target=target, headers=headers, body=body)
