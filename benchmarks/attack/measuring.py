"""What others notice of an attack: health checks, a viewer, a login, and what the process holds."""

import asyncio
import math
import os
import time
from bisect import bisect_left
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from websockets.asyncio.client import ClientConnection, connect

HEALTH_ADDRESS = "127.0.0.3"
VIEWER_ADDRESS = "127.0.0.4"
LOGIN_ADDRESS = "127.0.0.5"

HEALTH_SECONDS = 0.1
HOLDINGS_SECONDS = 0.2
PATIENCE_SECONDS = 30.0
"""How long one health check is waited for; one that fails counts as this late."""

EARLY_SECONDS = 0.02
"""How much before its second a frame may come and still be that second's: clocks differ."""

LONGEST_RETRY_SECONDS = 5.0
MEGABYTE = 1024 * 1024

_HEALTH = b"GET /health/live HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a process holds: resident memory and open files."""

    megabytes: float
    files: int

    @classmethod
    def of(cls, pid: int) -> "Holdings":
        """Ask the kernel."""
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        files = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
        return cls(megabytes=pages * os.sysconf("SC_PAGESIZE") / MEGABYTE, files=files)


@dataclass(slots=True, kw_only=True)
class Health:
    """Asks `/health/live` on fresh connections ten times a second, however late the answers."""

    port: int
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    async def watch(self) -> None:
        """Ask until cancelled; what was asked by then is waited for until cancelled again."""
        async with asyncio.TaskGroup() as probes:
            with suppress(asyncio.CancelledError):
                while True:
                    probes.create_task(self._probe())
                    await asyncio.sleep(HEALTH_SECONDS)

    async def _probe(self) -> None:
        """Ask once. What is given up counts as failed, and as late as can be."""
        began = time.monotonic()
        healthy = False
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                healthy = await self._answers()
        except (OSError, TimeoutError):
            healthy = False
        finally:
            self.failed += not healthy
            self.seconds.append(time.monotonic() - began if healthy else PATIENCE_SECONDS)

    async def _answers(self) -> bool:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, local_addr=(HEALTH_ADDRESS, 0)
        )
        try:
            writer.write(_HEALTH)
            return (await reader.read()).startswith(b"HTTP/1.1 200")
        finally:
            writer.transport.abort()


@dataclass(slots=True, kw_only=True)
class Viewer:
    """Reads the live stream, and notes when each frame came."""

    stream: ClientConnection
    arrivals: list[float] = field(default_factory=list)

    @classmethod
    async def of(cls, port: int, token: str) -> "Viewer":
        """A viewer that has its first frame."""
        stream = await connect(
            f"ws://127.0.0.1:{port}/",
            compression=None,
            ping_interval=None,
            local_addr=(VIEWER_ADDRESS, 0),
        )
        await stream.send(f'{{"type":"authenticate","token":"{token}"}}')
        await stream.recv()
        await stream.recv()
        return cls(stream=stream)

    async def watch(self) -> None:
        """Read until cancelled; a stream that ends brings no more frames, and that shows."""
        async for _ in self.stream:
            self.arrivals.append(time.time())

    def late_seconds(self, *, began: float, ended: float) -> list[float]:
        """For each full second between: how long after it the first frame came.

        Where none came at all, it is as late as the time until now.
        """
        ticks = range(math.ceil(began), math.floor(ended) + 1)
        return [self._arrival_after(tick - EARLY_SECONDS) - tick for tick in ticks]

    def _arrival_after(self, second: float) -> float:
        place = bisect_left(self.arrivals, second)
        return self.arrivals[place] if place < len(self.arrivals) else time.time()


@dataclass(slots=True, kw_only=True)
class Holder:
    """Notes the most that a process holds."""

    pid: int
    megabytes: float = 0.0
    files: int = 0

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            held = Holdings.of(self.pid)
            self.megabytes = max(self.megabytes, held.megabytes)
            self.files = max(self.files, held.files)
            await asyncio.sleep(HOLDINGS_SECONDS)


async def seconds_to_log_in(client: httpx.AsyncClient, email: str, password: str) -> float:
    """How long it takes to get a token, asking again as told, until cancelled."""
    began = time.monotonic()
    while True:
        with suppress(httpx.TransportError):
            answer = await client.post("/login", json={"email": email, "password": password})
            if answer.is_success:
                return time.monotonic() - began
            pause = float(answer.headers.get("Retry-After", "1"))
            await asyncio.sleep(min(pause, LONGEST_RETRY_SECONDS))


async def within(seconds: float, work: Callable[[], Awaitable[float]]) -> float | None:
    """The result of the work, None where it takes longer than that."""
    try:
        async with asyncio.timeout(seconds):
            return await work()
    except TimeoutError:
        return None


def client_from(address: str, port: int) -> httpx.AsyncClient:
    """An HTTP client at this address that opens a connection for every request."""
    transport = httpx.AsyncHTTPTransport(
        local_address=address, limits=httpx.Limits(max_keepalive_connections=0)
    )
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=PATIENCE_SECONDS
    )


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed; 0 where there are none."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else 0.0
