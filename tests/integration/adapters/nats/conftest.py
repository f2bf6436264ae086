"""One server of NATS a test that asks for it: it is up in 15 ms."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest

from adapters.fake.emporia.leases import InMemoryFences
from adapters.nats.connection import NatsConnection
from adapters.nats.lease_bucket import LeaseBucket
from adapters.nats.leases import NatsLeases
from adapters.nats.renewal_turns import NatsRenewalTurns
from adapters.nats.sample_exchange import BURST_SECONDS
from adapters.system.clock import SystemClock
from application.ports.nodes import NodeId
from tests.servers.nats import NatsServer, nats_server

LEASE_SECONDS = 1.0
PATIENCE_SECONDS = 15.0


@pytest.fixture
def server() -> Iterator[NatsServer]:
    with nats_server() as server:
        yield server


@pytest.fixture
async def connection(server: NatsServer) -> AsyncIterator[NatsConnection]:
    connection = NatsConnection([server.url])
    await connection.open()
    yield connection
    await connection.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node as the others know it; `renewing` ends when it is killed."""

    connection: NatsConnection
    bucket: LeaseBucket
    leases: NatsLeases
    turns: NatsRenewalTurns
    renewing: "asyncio.Task[None]"

    def pause(self) -> None:
        """Renew nothing any more, as a process that is stopped."""
        self.renewing.cancel()


Starting = Callable[[str], Awaitable[Node]]


@pytest.fixture
def fences() -> InMemoryFences:
    return InMemoryFences()


@pytest.fixture
async def start(server: NatsServer, fences: InMemoryFences) -> AsyncIterator[Starting]:
    async with AsyncExitStack() as ending:

        async def start(name: str) -> Node:
            connection = NatsConnection([server.url])
            await connection.open()
            ending.push_async_callback(connection.close)
            bucket = LeaseBucket(
                connection, node_id=NodeId(name), clock=SystemClock(), seconds=LEASE_SECONDS
            )
            await bucket.open()
            renewing = asyncio.create_task(bucket.run())
            ending.callback(renewing.cancel)
            return Node(
                connection=connection,
                bucket=bucket,
                leases=NatsLeases(bucket, fences=fences, clock=SystemClock()),
                turns=NatsRenewalTurns(bucket),
                renewing=renewing,
            )

        yield start


async def arrived(connection: NatsConnection) -> None:
    """Return when the server has what the connection said; its own flush overtakes what waits."""
    await asyncio.sleep(2 * BURST_SECONDS)
    await connection.client.flush()


async def eventually(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Return when it is so, at last."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if await is_so():
                return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Have it run beside what is done while entered."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
