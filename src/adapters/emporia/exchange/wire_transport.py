"""Wires under httpx: one pool of connections for all accounts, whose cost stays flat."""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator

import httpx
from aiohappyeyeballs import start_connection

from adapters.emporia.exchange.wire import Wire

CONNECTIONS = 100
IDLE_SECONDS = 30.0
NEXT_ADDRESS_SECONDS = 0.25
"""After which the next address of a host is tried beside the one before (RFC 8305)."""

Origin = tuple[str, bytes]


class WireTransport(httpx.AsyncBaseTransport):
    """Sends each request once over HTTP/1.1; belongs to the event loop of its first request.

    Answers have to be read to their end or closed.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._tls = tls
        self._places = asyncio.Semaphore(CONNECTIONS)
        self._resting: defaultdict[Origin, list[Wire]] = defaultdict(list)
        self._is_closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises httpx's errors."""
        question = _written(request)
        origin = (request.url.scheme, request.url.netloc)
        timeout = request.extensions["timeout"]
        await self._take_place(timeout["pool"])
        try:
            wire = self._rested(origin) or await self._connect(request.url, timeout["connect"])
        except BaseException:
            self._places.release()
            raise
        try:
            head = await wire.ask(question, read_seconds=timeout["read"])
        except BaseException:
            self.give_back(origin, wire)
            raise
        return httpx.Response(
            head.status, headers=head.headers, stream=_Body(self, origin, wire), request=request
        )

    def give_back(self, origin: Origin, wire: Wire) -> None:
        """Keep the connection for the next request if it is good for one, else hang up."""
        self._places.release()
        if wire.is_free and not self._is_closed:
            wire.rest(seconds=IDLE_SECONDS)
            self._resting[origin].append(wire)
        else:
            wire.close()

    async def aclose(self) -> None:
        """Hang up wherever nothing is under way; the rest follows as it ends."""
        self._is_closed = True
        for wires in self._resting.values():
            for wire in wires:
                wire.close()
        self._resting.clear()

    async def _take_place(self, seconds: float | None) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise httpx.PoolTimeout("too many requests are under way") from error

    def _rested(self, origin: Origin) -> Wire | None:
        """The connection that was used last, for it is the likeliest to be open still."""
        resting = self._resting[origin]
        while resting:
            wire = resting.pop()
            if wire.is_free and wire.is_silent:
                return wire
            wire.close()
        return None

    async def _connect(self, url: httpx.URL, seconds: float | None) -> Wire:
        loop = asyncio.get_running_loop()
        is_secure = url.scheme == "https"
        host = url.raw_host.decode().strip("[]")
        try:
            async with asyncio.timeout(seconds):
                addresses = await loop.getaddrinfo(
                    host, url.port or (443 if is_secure else 80), type=socket.SOCK_STREAM
                )
                connected = await start_connection(
                    addresses, happy_eyeballs_delay=NEXT_ADDRESS_SECONDS
                )
                _, wire = await loop.create_connection(
                    Wire,
                    sock=connected,
                    ssl=self._tls if is_secure else None,
                    server_hostname=host if is_secure else None,
                )
        except TimeoutError as error:
            raise httpx.ConnectTimeout("nobody answers at the address") from error
        except (OSError, ValueError) as error:
            raise httpx.ConnectError("no connection") from error
        return wire


class _Body(httpx.AsyncByteStream):
    """A body on its way, and the connection that it comes through."""

    def __init__(self, transport: WireTransport, origin: Origin, wire: Wire) -> None:
        self._transport = transport
        self._origin = origin
        self._wire: Wire | None = wire

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._wire is not None and (read := await self._wire.read()):
            yield read

    async def aclose(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            self._transport.give_back(self._origin, wire)


def _written(request: httpx.Request) -> bytes:
    """The request as it is sent; raises httpx.LocalProtocolError for one that would be two."""
    head = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    head += [b"%s: %s" % header for header in request.headers.raw]
    written = b"\r\n".join(head)
    breaks = len(head) - 1
    if written.count(b"\n") != breaks or written.count(b"\r") != breaks or b"\0" in written:
        raise httpx.LocalProtocolError("a header holds what ends it")
    body = b"" if request.method == "GET" else request.content
    return b"%s\r\n\r\n%s" % (written, body)
