"""A node that was stopped past its lease and goes on writes nothing any more.

Nobody can tell it: it is sure of its lease, and the write was decided on before. The fence in
PostgreSQL refuses it.
"""

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.postgresql.engine import PostgresEngine, open_engine
from adapters.postgresql.tables import fences, request_slots
from adapters.sql.archive.tables import series
from adapters.sql.tables import emporia_links
from domain.emporia.links import AccountId
from entrypoints.composition import build_container, join_cluster
from entrypoints.load_settings import load_settings
from tests.cluster.cluster import PATIENCE_SECONDS, Cluster
from tests.cluster.conftest import Clusters

PROJECT = Path(__file__).parents[2]
HOME = AccountId(101)


@asynccontextmanager
async def database(cluster: Cluster):
    engine = open_engine(cluster.database_url)
    yield engine
    await engine.dispose()


async def holder(engine: PostgresEngine) -> str | None:
    """Who claimed the account last."""
    async with engine.connect() as connection:
        node: str | None = await connection.scalar(
            select(fences.c.node).where(fences.c.customer_gid == HOME)
        )
    return node


async def what_is_kept(engine: PostgresEngine, write: str, node: str) -> object:
    """What the late write would have changed."""
    queries = {
        "budget": select(request_slots).where(request_slots.c.node == node),
        "archive": select(series),
        "tokens": select(emporia_links.c.sealed_tokens),
    }
    async with engine.connect() as connection:
        return (await connection.execute(queries[write])).all()


async def line_of(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        return (await process.stdout.readline()).decode().strip()


async def take_over(cluster: Cluster) -> None:
    """Have another node hold the account, once the lease is over."""
    container = build_container(load_settings(cluster.environment("third"), env_file=None))
    async with container.resources():
        await join_cluster(container)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                if await container.leases().hold(HOME):
                    return
                await asyncio.sleep(0.05)


def is_stopped(process: asyncio.subprocess.Process) -> bool:
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2].startswith("T")


async def stopped(process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if is_stopped(process):
                return
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("write", ["budget", "archive", "tokens"])
@pytest.mark.parametrize("is_replaced", [True, False], ids=["replaced", "alone"])
async def test_a_late_write_is_kept_only_where_nobody_took_over(
    clusters: Clusters, write: str, is_replaced: bool
) -> None:
    async with (
        clusters(LEASE_SECONDS="1", EMPORIA_DAILY_REQUESTS="2000") as cluster,
        database(cluster) as engine,
    ):
        await cluster.person(await cluster.start("other"))
        late = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.cluster.late_writer", write, str(HOME)),
            cwd=PROJECT,
            env=cluster.environment("late", PYTHONPATH=f"{PROJECT}/src"),
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            assert await line_of(late) == "holds"
            node = await holder(engine)
            assert node is not None
            await stopped(late)
            before = await what_is_kept(engine, write, node)
            if is_replaced:
                await take_over(cluster)
                assert await holder(engine) != node
            late.send_signal(signal.SIGCONT)
            outcome = await line_of(late)
            kept = await what_is_kept(engine, write, node)
        finally:
            late.kill()
            await late.wait()

    if is_replaced:
        assert (outcome, kept) == ("LeaseLost", before)
    else:
        assert outcome == "kept"
        assert kept != before
