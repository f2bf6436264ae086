"""A PostgreSQL for the run, and clusters on it: one a test, or one for a module of tests."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.cluster.cluster import Cluster, cluster
from tests.servers.nats import nats_server
from tests.servers.postgres import PostgresServer
from tests.servers.postgres import migrated as migrated
from tests.servers.postgres import postgres as postgres
from tests.servers.postgres import postgres_url as postgres_url

ROUNDS = int(os.environ.get("CLUSTER", "2"))
"""How often it is killed, paused and cut: two with every run of the tests, `make cluster` more."""

NEIGHBOURS = 30
LEASE_SECONDS = 3.0
BLIND_SECONDS = 5.0

Clusters = Callable[..., AbstractAsyncContextManager[Cluster]]


@asynccontextmanager
async def _cluster(
    room: Path, postgres: PostgresServer, url: str, neighbours: int, **settings: str
) -> AsyncIterator[Cluster]:
    with nats_server() as nats:
        async with cluster(
            room,
            postgres=postgres,
            database_url=url,
            nats=nats,
            neighbours=neighbours,
            settings=settings,
        ) as running:
            yield running


@pytest.fixture
def clusters(tmp_path: Path, postgres: PostgresServer, postgres_url: str) -> Clusters:
    """Makes a cluster without nodes yet, with these settings."""

    def made(*, neighbours: int = 0, **settings: str) -> AbstractAsyncContextManager[Cluster]:
        return _cluster(tmp_path, postgres, postgres_url, neighbours, **settings)

    return made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trio(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer, migrated: str
) -> AsyncIterator[Cluster]:
    """The nodes a, b and c, the lines of which can be cut; a test leaves them as it found them."""
    room, name = tmp_path_factory.mktemp("trio"), postgres.create(template=migrated)
    blind = str(BLIND_SECONDS)
    async with _cluster(
        room, postgres, postgres.url(name), NEIGHBOURS, CLUSTER_BLIND_SECONDS=blind
    ) as nodes:
        await asyncio.gather(*(nodes.start(each, cuts=True) for each in "abc"))
        yield nodes
