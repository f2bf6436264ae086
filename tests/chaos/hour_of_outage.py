"""An hour of outage with a stream and ten readers, and what it costs, by who asked.

Usage: python -m tests.chaos.hour_of_outage
"""

import asyncio
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from tests.chaos.askers import ASKERS, count_askers
from tests.chaos.matrix.cells import ask
from tests.chaos.matrix.expectations import Call
from tests.chaos.matrix.faults import BY_NAME
from tests.chaos.matrix.scene import Scene, scene_in
from tests.chaos.matrix.watcher import watching

OUTAGES = ("maintenance", "401 burst", "refused")
"""Answers of 503, answers of 401, and connections that are refused."""

READERS = (*[Call.NOW] * 4, *[Call.PAST] * 2, *[Call.DEVICES] * 2, *[Call.HISTORY] * 2)
STEP_SECONDS = 9
"""With what the answers take, each reader asks every ten seconds or so."""

MOST_REQUESTS, MOST_REFRESHES = 40, 8
HEADER = f"{'':14}{''.join(f'{asker:>9}' for asker in ASKERS)}{'all':>9}"


async def hour_of_outage(
    scene: Scene, fault: str, *, step_seconds: float = STEP_SECONDS
) -> Counter[str]:
    """The requests of the hour, by who asked; each reader asks once a step, in turn."""
    await scene.settle()
    try:
        async with watching(scene.stage, scene.resident, events=False) as watcher:
            await watcher.next_frames()
            asked = count_askers(scene.stage.container)
            await scene.begin(BY_NAME[fault])
            end = scene.now() + timedelta(hours=1)
            while scene.now() < end:
                await scene.skip(step_seconds)
                answers = [await ask(scene, call) for call in READERS]
                statuses = {answer.status_code for answer in answers}
                assert statuses <= {200, 503}, f"{statuses} in an outage"
            await watcher.next_frames()
            assert len(watcher.errors) == 1, f"told {watcher.errors}"
            return Counter(asked)
    finally:
        await scene.heal()


def line(fault: str, asked: Counter[str]) -> str:
    """One outage as a line below `HEADER`."""
    numbers = [*(asked[asker] for asker in ASKERS), asked.total()]
    return f"{fault:14}{''.join(f'{number:>9}' for number in numbers)}"


async def hold_to_forty_requests(
    folder: Path, fault: str, *, step_seconds: float = STEP_SECONDS
) -> None:
    """Fails with the table where the hour costs more."""
    async with scene_in(folder) as scene:
        asked = await hour_of_outage(scene, fault, step_seconds=step_seconds)
    report = f"\n{HEADER}\n{line(fault, asked)}"
    assert 15 <= asked.total() - asked["refresh"] <= MOST_REQUESTS, report
    assert asked["refresh"] <= MOST_REFRESHES, report


async def _print_all() -> None:
    sys.stdout.write(HEADER + "\n")
    for fault in OUTAGES:
        with tempfile.TemporaryDirectory() as folder:
            async with scene_in(Path(folder)) as scene:
                sys.stdout.write(line(fault, await hour_of_outage(scene, fault)) + "\n")


if __name__ == "__main__":
    asyncio.run(_print_all())
