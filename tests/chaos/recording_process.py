"""A gateway that records, made to be killed: it goes on where the one before was cut off.

Usage: python -m tests.chaos.recording_process DATA_DIR CLOUD_URL
Prints a line for each request that was kept. Its clock is the cloud's, and each step moves both.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import click
import httpx
from dependency_injector import providers

from application.accounts.register import Registration
from application.accounts.sessions.log_in import Credentials
from application.emporia.link_emporia import LinkRequest
from domain.archive.recording.recorder import STEP_SECONDS
from entrypoints.composition import Container, build_container, migrate
from entrypoints.settings import Settings
from tests.integration.archive.travel_clock import TravelClock

PASSWORD = "correct horse"
HOME = ("years@example.com", "years-password")


async def main(data_dir: Path, cloud_url: str) -> None:
    """Record until killed, or until nothing is left to fill."""
    settings = Settings(data_dir=data_dir, emporia_api_url=cloud_url, emporia_cognito_url=cloud_url)
    migrate(settings)
    container = build_container(settings)
    async with httpx.AsyncClient(base_url=cloud_url) as cloud, container.resources():
        told = (await cloud.get("/simulator/clock")).raise_for_status().json()
        clock = TravelClock(datetime.fromisoformat(told["now"]))
        container.clock.override(providers.Object(clock))
        await _link(container)
        [account] = await container.emporia_links().accounts()
        record = container.record()
        while True:
            now = clock.now().isoformat()
            (await cloud.put("/simulator/clock", json={"now": now})).raise_for_status()
            await record.step(account)
            progress = record.progress[account]
            plan = progress.plan
            left = -1 if plan is None else plan.requests_to_fill
            click.echo(f"{left} {progress.waits_for}")
            if left == 0:
                return
            waits = max(STEP_SECONDS, progress.waits_until - clock.monotonic())
            await clock.sleep(waits)


async def _link(container: Container) -> None:
    if await container.emporia_links().accounts():
        return
    await container.register()(Registration(email="ada@example.com", password=PASSWORD))
    token = await container.log_in()(Credentials(email="ada@example.com", password=PASSWORD))
    caller = await container.check_access()(token)
    await container.link_emporia()(
        LinkRequest(caller=caller, emporia_username=HOME[0], emporia_password=HOME[1])
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
