"""`make soak`: sockets come and go, the cloud fails and recovers, tokens expire, for ten minutes.

What the gateway holds at rest after two rounds, as a warm-up, is compared with what it holds at
rest at the end.

Usage: python -m benchmarks.soak [--seconds N]
"""

import asyncio
import json
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import click
import httpx

from benchmarks.build import BUILD, BuildFailed, build_native
from benchmarks.load import generating
from benchmarks.processes import (
    Cores,
    DidNotStart,
    Server,
    TooFewCores,
    interrupt_on_sigterm,
    line_of,
    raise_file_limit,
)
from benchmarks.stage import Stage, client_of, instant_target, simulator, staged

EMPORIA_TOKEN_LIFETIME = 20
ACCESS_TOKEN_LIFETIME = 30
REST_SECONDS = 40
"""Longer than a feed lingers without watchers, and than a client's idle connection lives."""
MOST_CLOUD_CONNECTIONS = 4
"""What a recorder and a sign-in may have open; one that is left over each round makes more."""
WARM_UP_ROUNDS = 2
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "server_error"},
    {"kind": "connection_reset"},
    {"kind": "rate_limited", "seconds": 2},
    {"kind": "latency", "seconds": 3},
    {"kind": "unauthorized", "times": 3},
    {"kind": "truncated_json"},
    {"kind": "maintenance"},
)
MEMORY_TOLERANCE = 0.05

HELD = ("tasks", "files", "connections_to_the_cloud", "threads", "objects", "rss_kb")

Held = dict[str, Any]


@click.command()
@click.option("--seconds", default=600, show_default=True, type=click.IntRange(60, 86_400))
def main(seconds: int) -> None:
    """Run the gateway through ups and downs; fails unless it ends as it was after warm-up."""
    try:
        before, after = asyncio.run(soak(seconds))
    except (BuildFailed, TooFewCores, DidNotStart) as failure:
        raise click.ClickException(str(failure)) from None
    click.echo("| held at rest | after warm-up | at the end |\n| --- | --- | --- |")
    for name in HELD:
        click.echo(f"| {name} | {before[name]:,} | {after[name]:,} |")
    grown = [name for name in ("tasks", "files", "threads") if after[name] > before[name]]
    if after["rss_kb"] > before["rss_kb"] * (1 + MEMORY_TOLERANCE):
        grown.append("rss_kb")
    if after["connections_to_the_cloud"] > MOST_CLOUD_CONNECTIONS:
        grown.append("connections_to_the_cloud")
    if grown:
        click.echo(f"Grew: {', '.join(grown)}; tasks at the end: {after['task_names']}", err=True)
        more: Counter[str] = Counter(after["file_names"]) - Counter(before["file_names"])
        click.echo(f"Files more than after warm-up: {dict(more)}", err=True)
        sys.exit(1)


async def soak(seconds: int) -> tuple[Held, Held]:
    """What the gateway held after warm-up and at the end."""
    interrupt_on_sigterm()
    await build_native()
    raise_file_limit()
    cores = Cores.taken()
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores, "--token-lifetime", str(EMPORIA_TOKEN_LIFETIME)) as cloud:
            stage = staged(Path(room), cores=cores, cloud=cloud)
            async with stage.gateway(TOKEN_LIFETIME_SECONDS=str(ACCESS_TOKEN_LIFETIME)) as server:
                faults = cycle(FAULTS)
                ends_at = time.monotonic() + seconds
                for _ in range(WARM_UP_ROUNDS):
                    await _round(stage, server, next(faults))
                before = await _held_at_rest(server)
                while time.monotonic() < ends_at:
                    await _round(stage, server, next(faults))
                return before, await _held_at_rest(server)


async def _round(stage: Stage, server: Server, fault: dict[str, Any]) -> None:
    """Half a minute in which readers come and go while the cloud fails and recovers.

    Some say goodbye and some vanish, two never read, and some stay until their token expires.
    """
    began = time.monotonic()
    tokens = await stage.people(server, 2)
    stage.tokens.write_text("\n".join(tokens), encoding="ascii")
    async with asyncio.TaskGroup() as crowd:
        crowd.create_task(_sockets(stage, server, {"sockets": 20, "ticks": 33}))
        crowd.create_task(_cloud_fails(stage, fault))
        crowd.create_task(_rest_calls(server, tokens[0]))
        for _ in range(3):
            await _sockets(stage, server, {"sockets": 200, "stuck": 2, "ticks": 2})
            await _sockets(stage, server, {"sockets": 200, "ticks": 2, "close": 1})
    click.echo(f"{fault['kind']}: {time.monotonic() - began:.0f} s", err=True)


async def _sockets(stage: Stage, server: Server, options: Mapping[str, float]) -> None:
    """Open sockets and leave again; what they are told matters only where they were not let in."""
    options = {"settle": 1, **options}
    errors = asyncio.subprocess.PIPE
    async with generating("wsload", stage, server, options, errors=errors) as generator:
        _, said = await generator.communicate()
        if generator.returncode:
            click.echo(f"  not let in: {said.decode().strip()}", err=True)


async def _cloud_fails(stage: Stage, fault: dict[str, Any]) -> None:
    async with httpx.AsyncClient(base_url=stage.cloud) as client:
        await asyncio.sleep(5)
        (await client.post("/simulator/faults", json=fault)).raise_for_status()
        await asyncio.sleep(10)
        (await client.delete("/simulator/faults")).raise_for_status()


async def _rest_calls(server: Server, token: str) -> None:
    """Answers of any kind are fine: the cloud fails meanwhile."""
    async with client_of(server, token=token) as client:
        for _ in range(20):
            await client.get("/me")
            await client.get(instant_target())
            await asyncio.sleep(1)


async def _held_at_rest(server: Server) -> Held:
    await asyncio.sleep(REST_SECONDS)
    server.process.send_signal(signal.SIGUSR1)
    held: Held = json.loads(await line_of(server.process))
    return held


if __name__ == "__main__":
    main()
