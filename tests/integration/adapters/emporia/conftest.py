"""The user pool and the gateway over real sockets."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.exchange.client import open_client
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.server import serve_simulator
from adapters.system.clock import SystemClock

MakeUserPool = Callable[..., CognitoEmporiaUserPool]
MakeGateway = Callable[..., HttpxEmporiaGateway]


class CannedCloud:
    """A server that answers with bytes made beforehand, None for silence, b"" for a hang-up."""

    def __init__(self) -> None:
        self.base_url = ""
        self.bodies: list[bytes] = []
        self.answers: deque[bytes | None] = deque()

    def answer(self, status: int, body: Any, **headers: str) -> None:
        """Append an answer; a body that is not bytes is sent as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines = [f"HTTP/1.1 {status} Canned", f"Content-Length: {len(content)}", *lines, "", ""]
        self.answers.append("\r\n".join(lines).encode() + content)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while await self._serve_one(reader, writer):
                    pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        _, _, rest = head.lower().partition(b"content-length:")
        self.bodies.append(await reader.readexactly(int(rest.split(b"\r\n")[0] or 0)))
        answer = self.answers.popleft()
        if answer is None:
            await reader.read()
        writer.write(answer or b"")
        await writer.drain()
        return bool(answer)


@pytest.fixture
async def cloud() -> AsyncIterator[CannedCloud]:
    canned = CannedCloud()
    connections: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(canned.serve(reader, writer))
        connections.add(task)
        await asyncio.wait([task])

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    canned.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield canned
    server.close()
    for task in connections:
        task.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


class Simulator:
    """Emporia's cloud in a box, and the control over it that tests need."""

    def __init__(self, base_url: str, client: httpx.AsyncClient) -> None:
        self.base_url = base_url
        self._client = client

    async def fail(self, **fault: Any) -> None:
        """Switch a fault on."""
        await self._post("faults", fault)

    async def revoke_refresh_tokens(self, email: str) -> None:
        """Revoke every sign-in of the user."""
        await self._post(f"users/{email}/revoke-refresh-tokens")

    async def expire_tokens(self, email: str) -> None:
        """Have every id token of the user read as expired."""
        await self._post(f"users/{email}/expire-tokens")

    async def _post(self, path: str, body: Any = None) -> None:
        response = await self._client.post(f"{self.base_url}/simulator/{path}", json=body)
        response.raise_for_status()


@pytest.fixture
async def simulator(http_client: httpx.AsyncClient) -> AsyncIterator[Simulator]:
    async with serve_simulator(SimulatorOptions()) as running:
        yield Simulator(running.base_url, http_client)


@pytest.fixture
async def http_client() -> AsyncIterator[httpx.AsyncClient]:
    async with open_client(connect_timeout_seconds=2, read_timeout_seconds=5) as client:
        yield client


@pytest.fixture
async def make_user_pool(http_client: httpx.AsyncClient) -> AsyncIterator[MakeUserPool]:
    made: list[CognitoEmporiaUserPool] = []

    def make(
        endpoint: str,
        *,
        client_id: str = "4qte47jbstod8apnfic0bunmrq",
        read_timeout_seconds: float = 5,
        total_timeout_seconds: float = 10,
    ) -> CognitoEmporiaUserPool:
        http_client.timeout = httpx.Timeout(read_timeout_seconds, connect=2)
        pool = CognitoEmporiaUserPool(
            http_client=http_client,
            clock=SystemClock(),
            endpoint=endpoint,
            pool_id="us-east-2_ghlOXVLi1",
            client_id=client_id,
            total_timeout_seconds=total_timeout_seconds,
        )
        made.append(pool)
        return pool

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def make_gateway(http_client: httpx.AsyncClient) -> MakeGateway:
    def make(base_url: str, *, total_timeout_seconds: float = 10) -> HttpxEmporiaGateway:
        return HttpxEmporiaGateway(
            http_client,
            clock=SystemClock(),
            base_url=base_url,
            total_timeout_seconds=total_timeout_seconds,
        )

    return make
