"""Power cuts under a gateway: what was acknowledged is on the disk. Needs root and loop devices."""

import asyncio
import os
import random
import signal
from pathlib import Path

import httpx
import pytest

from tests.chaos.kills import Acknowledged, bearer, is_kept, write_until_killed
from tests.chaos.power import Disk, lacking
from tests.integration.system.conftest import PATIENCE_SECONDS, Gateway, Gateways
from tests.integration.system.conftest import cloud as cloud
from tests.integration.system.conftest import gateways as gateways

ROUNDS = 8
LONGEST_SECONDS = 3.0
"""From the first write of a round to the cut, at most."""

QUIET_ROUNDS = 3
QUIET_SECONDS = (10.0, 45.0)
"""How long the budget alone is written before the cut; Linux writes back what is 30 s old."""

MOST_LOST_REQUESTS = 3
"""Asked for at one a second, and flushed once a second: one or two, and one for a slow machine."""

DAILY_REQUESTS = "86400"

A_SECOND_EACH = {"kind": "latency", "seconds": 1}
"""What the cloud takes for an answer: so fast can somebody ask for one after the other."""


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """A disk whose power can be cut."""
    assert not lacking(), lacking()
    return Disk(tmp_path)


def test_what_nobody_flushed_is_lost(disk: Disk) -> None:
    with disk.mounted():
        flushed, kept_back = disk.folder / "flushed", disk.folder / "kept back"
        flushed.write_text("here")
        os.sync()
        kept_back.write_text("here")
        disk.note_power_cut()
    disk.cut()

    with disk.mounted():
        assert [file.exists() for file in (flushed, kept_back)] == [True, False]


async def test_a_power_cut_loses_nothing_that_was_acknowledged(
    disk: Disk, gateways: Gateways
) -> None:
    chance = random.Random(1)  # noqa: S311  # only has to be the same again
    promised, writes = Acknowledged(), 0
    for number in range(ROUNDS + 1):
        with disk.mounted():
            async with gateways(DATA_DIR=str(disk.folder / "data")) as gateway:
                await is_kept(gateway, promised)
                if number == ROUNDS:
                    break
                promised = Acknowledged()
                writers = write_until_killed(gateway, promised, f"{number}")
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await promised.some.wait()
                await asyncio.sleep(chance.uniform(0, LONGEST_SECONDS))
                await _stopped(gateway, disk)
                await asyncio.gather(*writers)
        disk.cut()
        writes += promised.writes

    assert writes >= ROUNDS
    print(f"{writes} acknowledged writes, none lost in {ROUNDS} power cuts")  # noqa: T201


async def test_a_power_cut_loses_the_last_seconds_of_the_budget_at_most(
    disk: Disk, gateways: Gateways, cloud: httpx.AsyncClient
) -> None:
    made, lost = [0], []
    token = ""
    for number in range(QUIET_ROUNDS + 1):
        with disk.mounted():
            settings = {"EMPORIA_DAILY_REQUESTS": DAILY_REQUESTS}
            async with gateways(DATA_DIR=str(disk.folder / "data"), **settings) as gateway:
                if number:
                    lost.append(made[-1] - await _counted(gateway, token))
                if not token:
                    token = await gateway.linked("viewer@example.com")
                    await cloud.post("/simulator/faults", json=A_SECOND_EACH)
                if number == QUIET_ROUNDS:
                    break
                low, high = QUIET_SECONDS
                asking = asyncio.create_task(_asked(gateway, token))
                await asyncio.sleep(low + (high - low) * number / (QUIET_ROUNDS - 1))
                made.append(await _counted(gateway, token))
                await _stopped(gateway, disk)
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
        disk.cut()

    print(f"of {made[1:]} requests, not counted after a power cut: {lost}")  # noqa: T201
    assert max(lost) <= MOST_LOST_REQUESTS


async def _asked(gateway: Gateway, token: str) -> None:
    """Ask for one old minute after the other, which costs one request each, until cancelled."""
    for minute in range(1, 24 * 60):
        instant = f"2026-03-01T{minute // 60:02}:{minute % 60:02}:00Z"
        query = {"instant": instant, "scale": "1MIN", "energyUnit": "KilowattHours"}
        answer = await gateway.client.get("/devices/instant", params=query, headers=bearer(token))
        assert answer.status_code == 200, answer.text


async def _stopped(gateway: Gateway, disk: Disk) -> None:
    """Stop the gateway dead, note what is on the disk, and end what is left of it."""
    gateway.process.send_signal(signal.SIGSTOP)
    await asyncio.to_thread(disk.note_power_cut)
    await gateway.end(signal.SIGKILL)


async def _counted(gateway: Gateway, token: str) -> int:
    """How many requests the gateway says it has made."""
    answer = await gateway.client.get("/me/budget", headers=bearer(token))
    spent: int = answer.json()["budget"]["spent"]
    return spent
