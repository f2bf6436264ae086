"""A cluster a test, on the run's own PostgreSQL and a NATS server of its own."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.cluster.cluster import Cluster, cluster
from tests.servers.nats import nats_server
from tests.servers.postgres import PostgresServer
from tests.servers.postgres import migrated as migrated
from tests.servers.postgres import postgres as postgres
from tests.servers.postgres import postgres_url as postgres_url

ROUNDS = int(os.environ.get("CLUSTER", "2"))
"""How often it is killed, paused and cut: two with every run of the tests, `make cluster` more."""

Clusters = Callable[..., AbstractAsyncContextManager[Cluster]]


@pytest.fixture
def clusters(tmp_path: Path, postgres: PostgresServer, postgres_url: str) -> Clusters:
    """Makes a cluster without nodes yet, with these settings."""

    @asynccontextmanager
    async def made(*, neighbours: int = 0, **settings: str) -> AsyncIterator[Cluster]:
        with nats_server() as nats:
            async with cluster(
                tmp_path,
                postgres=postgres,
                database_url=postgres_url,
                nats=nats,
                neighbours=neighbours,
                **settings,
            ) as running:
                yield running

    return made
