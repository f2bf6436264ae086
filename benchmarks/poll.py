"""What one poll of Emporia's cloud costs in CPU: asked, counted, read, and made the newest sample.

The real client, budget, breaker and reader in one process; the simulated cloud in another, on the
other core. No frame is made of it and nobody is sent anything.

Usage: python -m benchmarks.poll [--polls N]
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from statistics import median

import click

from application.accounts.register import Registration
from application.accounts.sessions.log_in import Credentials
from application.emporia.link_emporia import LinkRequest
from application.live.feed.subscription import FeedKey
from benchmarks.processes import Cores
from benchmarks.stage import EMPORIA_LOGIN, PASSWORD, simulator
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.usage import EnergyUnit, Scale
from entrypoints.composition import Container, build_container, connect_listeners, migrate
from entrypoints.settings import Settings

ROUNDS = 7


@click.command(help=__doc__)
@click.option("--polls", default=500, type=click.IntRange(10, 100_000), help="In each round.")
def main(polls: int) -> None:
    """Measure, and print the median."""
    cores = Cores.taken()
    os.sched_setaffinity(0, {cores.server})
    milliseconds = asyncio.run(_measure(cores, polls))
    click.echo(f"medians of {ROUNDS} rounds of {polls} polls: {median(milliseconds):.3f} ms a poll")
    click.echo(f"least {min(milliseconds):.3f}, most {max(milliseconds):.3f}")


async def _measure(cores: Cores, polls: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        async with simulator(cores) as cloud:
            settings = Settings(
                data_dir=Path(folder),
                emporia_api_url=cloud.url,
                emporia_cognito_url=cloud.url,
                emporia_daily_requests=1_000_000,
                recorder=False,
            )
            migrate(settings)
            container = build_container(settings)
            async with container.resources():
                connect_listeners(container)
                key = await _linked(container)
                return [await _round(container, key, polls) for _ in range(ROUNDS)]


async def _linked(container: Container) -> FeedKey:
    email = "ada@example.com"
    await container.register()(Registration(email=email, password=PASSWORD))
    token = await container.log_in()(Credentials(email=email, password=PASSWORD))
    caller = await container.check_access()(token)
    await container.link_emporia()(
        LinkRequest(
            caller=caller,
            emporia_username=EMPORIA_LOGIN["emporiaUsername"],
            emporia_password=EMPORIA_LOGIN["emporiaPassword"],
        )
    )
    [account] = await container.emporia_links().accounts()
    return FeedKey(account=account, scale=Scale.MINUTE, unit=EnergyUnit.KILOWATT_HOURS)


async def _round(container: Container, key: FeedKey, polls: int) -> float:
    samples = container.samples()
    await samples.poll(key, Purpose.STREAM)
    began = time.process_time()
    for _ in range(polls):
        await samples.poll(key, Purpose.STREAM)
    return (time.process_time() - began) * 1_000 / polls


if __name__ == "__main__":
    main()
