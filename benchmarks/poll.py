"""What one poll of Emporia's cloud costs in CPU: asked, counted, read, and made the newest sample.

The real client, budget, breaker and reader in one process; the simulated cloud in another, on the
other core. No frame is made of it and nobody is sent anything. Beside it, in turns, the same
question asked by aiohttp alone and thrown away: what any client pays on this machine.

Usage: python -m benchmarks.poll [--polls N]
"""

import os
import platform
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import aiohttp
import click
import httpx
import uvloop
from yarl import URL

from application.accounts.register import Registration
from application.accounts.sessions.log_in import Credentials
from application.emporia.link_emporia import LinkRequest
from application.live.feed.subscription import FeedKey
from benchmarks.processes import Cores
from benchmarks.stage import EMPORIA_LOGIN, PASSWORD, simulator
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.usage import EnergyUnit, Scale
from domain.instants import format_instant
from entrypoints.composition import Container, build_container, connect_listeners, migrate
from entrypoints.settings import Settings

ROUNDS = 7


@click.command(help=__doc__)
@click.option("--polls", default=500, type=click.IntRange(10, 100_000), help="In each round.")
def main(polls: int) -> None:
    """Measure, and print the medians."""
    cores = Cores.taken()
    os.sched_setaffinity(0, {cores.server})
    ours, bare = uvloop.run(_measure(cores, polls))
    click.echo(
        f"Python {platform.python_version()}, httpx {httpx.__version__}, "
        f"aiohttp {aiohttp.__version__}; {ROUNDS} rounds of {polls}, in turns"
    )
    for name, milliseconds in (("a poll", ours), ("aiohttp alone", bare)):
        click.echo(
            f"{name}: median {median(milliseconds):.3f} ms of CPU, least {min(milliseconds):.3f}, "
            f"most {max(milliseconds):.3f}"
        )
    click.echo(f"a poll is {median(ours) / median(bare):.1f} times aiohttp alone")


async def _measure(cores: Cores, polls: int) -> tuple[list[float], list[float]]:
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
            async with container.resources(), aiohttp.ClientSession() as session:
                connect_listeners(container)
                key = await _linked(container)
                ask = await _bare_question(container, session, cloud.url)
                samples = container.samples()
                ours, bare = [], []
                for _ in range(ROUNDS):
                    ours.append(await _round(lambda: samples.poll(key, Purpose.STREAM), polls))
                    bare.append(await _round(ask, polls))
                return ours, bare


async def _bare_question(
    container: Container, session: aiohttp.ClientSession, url: str
) -> Callable[[], Awaitable[object]]:
    """What a poll asks, without anything of ours."""
    [account] = await container.emporia_links().accounts()
    [link] = await container.emporia_links().of_account(account)
    if link.tokens is None:
        raise RuntimeError("the link is dead")
    headers = {"authtoken": link.tokens.id_token}
    customer = await container.emporia_gateway().customer(link.tokens)
    gids = "+".join(map(str, sorted(customer.gids)))
    question = URL(
        f"{url}/AppAPI?apiMethod=getDeviceListUsages&deviceGids={gids}"
        f"&instant={format_instant(container.clock().now())}&scale=1MIN&energyUnit=KilowattHours",
        encoded=True,
    )

    async def ask() -> object:
        async with session.get(question, headers=headers) as answer:
            return await answer.read()

    return ask


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


async def _round(ask: Callable[[], Awaitable[object]], count: int) -> float:
    """Milliseconds of CPU of one question; the first is not counted."""
    await ask()
    began = time.process_time()
    for _ in range(count):
        await ask()
    return (time.process_time() - began) * 1_000 / count


if __name__ == "__main__":
    main()
