"""One server of NATS a test that asks for it: it is up in 15 ms."""

from collections.abc import AsyncIterator, Iterator

import pytest

from adapters.nats.connection import NatsConnection
from tests.servers.nats import NatsServer, nats_server


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
