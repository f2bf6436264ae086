"""Kills a recorder at random moments of its first fill, and looks what became of the archive."""

import asyncio
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from entrypoints.composition import SimulatorOptions, serve_simulator
from tests.chaos.recording_process import HOME

MOST_LINES = 60
"""Kept requests after which a round ends, at the latest."""


async def killed_while_filling(folder: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """What the cloud counted in the end: the fill was begun, killed so often, and ended."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    start = datetime.now(UTC).replace(microsecond=0)
    async with (
        serve_simulator(SimulatorOptions(start=start, speed=0)) as cloud,
        httpx.AsyncClient(base_url=cloud.base_url) as client,
    ):
        for _ in range(kills):
            await _round(folder, cloud.base_url, chance)
        await _last_round(folder, cloud.base_url)
        answer = await client.get(f"/simulator/requests/{HOME[0]}")
        counted: dict[str, Any] = answer.raise_for_status().json()
        return counted


async def _round(folder: Path, url: str, chance: random.Random) -> None:
    """Let it work on some requests, and kill it at a moment that no line marks."""
    process = await _started(folder, url)
    assert process.stdout is not None
    for _ in range(chance.randrange(1, MOST_LINES)):
        assert await process.stdout.readline()
    await asyncio.sleep(chance.random() * 0.05)
    process.kill()
    await process.wait()


async def _last_round(folder: Path, url: str) -> None:
    process = await _started(folder, url)
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert out.splitlines()[-1].startswith(b"0 ")


async def _started(folder: Path, url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.chaos.recording_process",
        str(folder),
        url,
        stdout=asyncio.subprocess.PIPE,
    )
