"""The gateway under attack, and what every attack does to it: connect, send, read, count."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

ATTACKER = "127.0.0.2"
"""Where attacks come from: the gateway trusts 127.0.0.1 as a proxy."""

CONNECT_SECONDS = 10.0
PAUSE_SECONDS = 0.02
"""Between two tries of a connection that was refused, so that the attacker does not spin."""

READ_AHEAD_BYTES = 65_536
SMALLEST_BUFFER_BYTES = 2_048

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True, kw_only=True)
class Target:
    """Where to attack, what is known of its people, and how much was sent and answered."""

    port: int
    token: str
    password: str
    email: str
    victim_email: str
    sent: int = 0
    answered: int = 0

    @asynccontextmanager
    async def connection(
        self, source: str = ATTACKER, *, reads: bool = True
    ) -> AsyncIterator[Connection]:
        """A connection from this address; raises OSError or TimeoutError where there is none.

        One that does not read takes as little as the kernel lets it, and leaves the rest there.
        """
        opened = socket.socket()
        try:
            opened.setblocking(False)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not reads:
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALLEST_BUFFER_BYTES)
            opened.bind((source, 0))
            async with asyncio.timeout(CONNECT_SECONDS):
                await asyncio.get_running_loop().sock_connect(opened, ("127.0.0.1", self.port))
            limit = READ_AHEAD_BYTES if reads else 1
            reader, writer = await asyncio.open_connection(sock=opened, limit=limit)
        except BaseException:
            opened.close()
            raise
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def ask(self, data: bytes, *, source: str = ATTACKER) -> bytes:
        """Send one request on a connection of its own; its whole answer, empty if there is none."""
        async with self.connection(source) as (reader, writer):
            writer.write(data)
            self.sent += 1
            answer = await reader.read()
        self.answered += bool(answer)
        return answer


Attack = Callable[[Target], Awaitable[None]]
"""Goes on until it is cancelled, and counts in the target what it sends."""


async def again(step: Callable[[], Awaitable[object]]) -> None:
    """Do this without end; a gateway that hangs up, refuses or is slow is no reason to stop."""
    while True:
        with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            await step()
        await asyncio.sleep(PAUSE_SECONDS)


async def at_once(count: int, step: Callable[[], Awaitable[object]]) -> None:
    """Do this so many times beside each other, without end."""
    async with asyncio.TaskGroup() as crowd:
        for _ in range(count):
            crowd.create_task(again(step))


def request(
    method: str, path: str, *headers: str, body: bytes | None = None, keep_alive: bool = False
) -> bytes:
    """A request as bytes; headers are whole lines."""
    lines = [f"{method} {path} HTTP/1.1", "Host: gateway", *headers]
    if not keep_alive:
        lines.append("Connection: close")
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode() + (body or b"")


def json_request(method: str, path: str, *headers: str, body: object) -> bytes:
    """A request with a JSON body, every character in its own UTF-8."""
    text = json.dumps(body, ensure_ascii=False)
    return request(method, path, *headers, "Content-Type: application/json", body=text.encode())


def bearer(token: str) -> str:
    """The header that proves who calls."""
    return f"Authorization: Bearer {token}"
