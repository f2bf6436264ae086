"""A storm of logins, and whether frames still leave on time; most are refused for haste.

Usage: python -m benchmarks.storm [--logins N]
"""

import asyncio
import tempfile
import time
from pathlib import Path

import click
import httpx
from websockets.asyncio.client import connect

from benchmarks.build import BUILD
from benchmarks.processes import Cores
from benchmarks.stage import PASSWORD, simulator, staged

CALM_SECONDS = 8


async def _lateness(url: str, token: str, late_seconds: list[float]) -> None:
    """Note how long after its full second each frame comes."""
    async with connect(url, compression=None) as stream:
        await stream.send(f'{{"type":"authenticate","token":"{token}"}}')
        await stream.recv()
        await stream.recv()
        async for _ in stream:
            late_seconds.append(time.time() % 1)  # noqa: PERF401  # kept when cancelled


@click.command()
@click.option("--logins", default=200, show_default=True, type=click.IntRange(1, 2_000))
def main(logins: int) -> None:
    """Log in so often at once, and print what became of the frames meanwhile."""
    asyncio.run(_measure(logins))


async def _measure(logins: int) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    cores = Cores.taken()
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores) as cloud:
            stage = staged(Path(room), cores=cores, cloud=cloud)
            await stage.prepare(users=1)
            token = stage.tokens.read_text(encoding="ascii").split()[0]
            async with (
                stage.gateway(hz=1) as gateway,
                httpx.AsyncClient(base_url=gateway.url, timeout=300) as client,
            ):
                body = {"email": "storm@example.com", "password": PASSWORD}
                (await client.post("/signup", json=body)).raise_for_status()
                calm: list[float] = []
                stormy: list[float] = []
                url = f"ws://127.0.0.1:{gateway.port}/"
                watching = asyncio.create_task(_lateness(url, token, calm))
                await asyncio.sleep(CALM_SECONDS)
                watching.cancel()
                watching = asyncio.create_task(_lateness(url, token, stormy))
                started = time.monotonic()
                answers = await asyncio.gather(
                    *(client.post("/login", json=body) for _ in range(logins))
                )
                took = time.monotonic() - started
                watching.cancel()
    statuses = sorted({answer.status_code for answer in answers})
    click.echo(f"{logins} logins at once: {took:.1f} s, statuses {statuses}")
    for name, late in (("calm", calm), ("in the storm", stormy)):
        late.sort()
        click.echo(
            f"frames {name}: {len(late)}, late by {late[len(late) // 2] * 1000:.1f} ms in the "
            f"median, {late[-1] * 1000:.1f} ms at worst"
        )


if __name__ == "__main__":
    main()
