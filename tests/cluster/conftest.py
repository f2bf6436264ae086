"""A PostgreSQL for the run; a database, a NATS and three nodes for each module of tests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from tests.cluster.cluster import Cluster, cluster
from tests.servers.nats import NatsServer, nats_server
from tests.servers.postgres import PostgresServer
from tests.servers.postgres import migrated as migrated
from tests.servers.postgres import postgres as postgres

NAMES = "abc"
NEIGHBOURS = 30
LEASE_SECONDS = 3.0
BLIND_SECONDS = 5.0

Clusters = Callable[..., AbstractAsyncContextManager[Cluster]]


@pytest.fixture(scope="module")
def nats() -> Iterator[NatsServer]:
    with nats_server() as server:
        yield server


@pytest.fixture(scope="module")
def database_url(postgres: PostgresServer, migrated: str) -> Iterator[str]:
    name = postgres.create(template=migrated)
    yield postgres.url(name)
    with contextlib.suppress(OSError):
        postgres.drop(name)


@pytest.fixture(scope="module")
def clusters(
    tmp_path_factory: pytest.TempPathFactory,
    postgres: PostgresServer,
    database_url: str,
    nats: NatsServer,
) -> Clusters:
    """Makes clusters of these servers; keyword arguments are settings of all nodes."""

    @asynccontextmanager
    async def made(
        *, cuts: bool = False, neighbours: int = NEIGHBOURS, names: str = NAMES, **settings: str
    ) -> AsyncIterator[Cluster]:
        room: Path = tmp_path_factory.mktemp("cluster")
        opened = partial(cluster, room, postgres=postgres, database_url=database_url, nats=nats)
        async with opened(neighbours=neighbours, settings=settings) as nodes:
            await asyncio.gather(*(nodes.start(name, cuts=cuts) for name in names))
            yield nodes

    return made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trio(clusters: Clusters) -> AsyncIterator[Cluster]:
    """The nodes a, b and c, the lines of which can be cut; a test leaves them as it found them."""
    blind = str(BLIND_SECONDS)
    async with clusters(cuts=True, CLUSTER_BLIND_SECONDS=blind) as nodes:
        yield nodes
