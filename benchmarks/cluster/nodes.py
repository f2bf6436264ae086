"""Nodes with viewers of the same accounts on each."""

import asyncio
import base64
import secrets
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import BUILD
from benchmarks.load import generating, sample_of, ticks_begin
from benchmarks.processes import Cores, Server, cpu_seconds
from benchmarks.stage import Stage, client_of, linked, simulator, staged
from tests.servers.nats import NatsServer
from tests.servers.postgres import PostgresServer

ACCOUNTS = 20
VIEWERS = (10, 1, 100)
TICKS = 15


@dataclass(frozen=True, slots=True)
class Layout:
    """So many nodes; alone it keeps everything in SQLite and joins nobody."""

    name: str
    nodes: int
    is_alone: bool = False


LAYOUTS = (
    Layout("one gateway, SQLite", 1, is_alone=True),
    Layout("1 node", 1),
    Layout("2 nodes", 2),
    Layout("4 nodes", 4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Frames a second to all viewers, how many they missed, and what that took."""

    frames: float
    missed: int
    cpu_us: float
    nats_ms: float
    postgres_ms: float


Measure = Callable[[Layout, int], Awaitable[Use]]


@asynccontextmanager
async def measured_nodes(
    cores: Cores, nats: NatsServer, postgres: PostgresServer
) -> AsyncIterator[Measure]:
    """Lets layouts be measured, with so many viewers of each account on each node."""
    shared = {"SEALING_KEYS": base64.b64encode(secrets.token_bytes(32)).decode()}
    shared["RECORDER"] = "off"
    many = {"DATABASE_URL": postgres.url(postgres.create()), "NATS_URL": nats.url}
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores, "--neighbours", str(ACCOUNTS)) as cloud:
            stage = staged(Path(room), cores=cores, cloud=cloud)
            for place, settings in (("alone", shared), ("joined", shared | many)):
                (stage.room / place).mkdir()
                data_dir = str(stage.room / place / "0")
                async with stage.gateway(1, DATA_DIR=data_dir, **settings) as server:
                    tokens = await _people(server)
                (stage.room / place / "tokens").write_text("\n".join(tokens), encoding="ascii")

            async def measure(layout: Layout, viewers: int) -> Use:
                settings = shared if layout.is_alone else shared | many
                place = stage.room / ("alone" if layout.is_alone else "joined")
                async with AsyncExitStack() as running:
                    servers = [
                        await running.enter_async_context(
                            stage.gateway(1, DATA_DIR=str(place / str(number)), **settings)
                        )
                        for number in range(layout.nodes)
                    ]
                    return await _watched(
                        stage, servers, place / "tokens", viewers, nats=nats, postgres=postgres
                    )

            yield measure


async def _people(server: Server) -> Sequence[str]:
    """Tokens of a user for each account."""
    async with client_of(server) as client:
        return [
            await linked(client, username=f"home{number}@example.com")
            for number in range(1, ACCOUNTS + 1)
        ]


async def _watched(
    stage: Stage,
    servers: Sequence[Server],
    tokens: Path,
    viewers: int,
    *,
    nats: NatsServer,
    postgres: PostgresServer,
) -> Use:
    options: dict[str, str | float] = {
        "sockets": ACCOUNTS * viewers,
        "ticks": TICKS,
        "settle": 6,
        "tokens": str(tokens),
    }
    async with AsyncExitStack() as running:
        generators = [
            await running.enter_async_context(generating("wsload", stage, server, options))
            for server in servers
        ]
        for generator in generators:
            await ticks_begin(generator)
        before = cpu_seconds(nats.pid), sum(map(cpu_seconds, postgres.pids()))
        began = asyncio.get_running_loop().time()
        samples = [await sample_of(generator) for generator in generators]
        took = asyncio.get_running_loop().time() - began
        after = cpu_seconds(nats.pid), sum(map(cpu_seconds, postgres.pids()))
    deliveries = sum(sample["deliveries"] for sample in samples)
    cpu = sum(sample["server_cpu"] for sample in samples)
    return Use(
        frames=sum(sample["deliveries"] / sample["seconds"] for sample in samples),
        missed=sum(sample["missed_frames"] for sample in samples),
        cpu_us=cpu / deliveries * 1e6,
        nats_ms=(after[0] - before[0]) / took * 1e3,
        postgres_ms=(after[1] - before[1]) / took * 1e3,
    )
