"""What was freed below something that lives does not stay with the process, nor does garbage."""

import subprocess
import sys
from dataclasses import dataclass
from weakref import ref

import pytest

from entrypoints.commands.starting.loading import without_collecting
from entrypoints.serving.free_memory import CROWD, MOST_THERE, LeftCrowd, trimmer

HOLD_AND_LET_GO = """
import asyncio, os
from pathlib import Path
from entrypoints.serving import free_memory
from entrypoints.serving.admission import Admission

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6

async def main():
    before = megabytes()
    crowd = [(bytes([1]) * 60_000, bytes(1_000)) for _ in range(2_000)]
    pinned = [small for _, small in crowd]
    crowd.clear()
    {give_back}
    print(megabytes() - before)

free_memory.PAUSE_SECONDS = 0.01
asyncio.run(main())
"""
GIVE_BACK = """giving = asyncio.create_task(free_memory.give_back_free_memory(Admission(
        most_in_all=1, most_of_address=1
    )))
    async with asyncio.timeout(10):
        while megabytes() - before > {most}:
            await asyncio.sleep(0)
    giving.cancel()"""

needs_glibc = pytest.mark.skipif(trimmer() is None, reason="this C library trims by itself")


MOST_MEGABYTES = 30


def kept_megabytes(give_back: str) -> float:
    code = HOLD_AND_LET_GO.format(give_back=give_back.format(most=MOST_MEGABYTES))
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    return float(told.stdout)


@needs_glibc
def test_memory_that_a_crowd_has_left_goes_back_to_the_system() -> None:
    assert kept_megabytes("pass") > 2 * MOST_MEGABYTES
    assert kept_megabytes(GIVE_BACK) <= MOST_MEGABYTES


class Knot:
    """Leads back to itself, and is gone only when garbage is looked for."""

    def __init__(self) -> None:
        self.end = self


@dataclass(slots=True)
class Connections:
    """As many connections as a test says."""

    open: int
    ended: int


@pytest.mark.parametrize(
    ("there", "ended", "is_cleared"),
    [
        (0, CROWD, True),
        (MOST_THERE, CROWD, True),
        (0, CROWD - 1, False),
        (MOST_THERE + 1, CROWD, False),
    ],
)
def test_garbage_is_looked_for_when_a_crowd_has_left(
    there: int, ended: int, is_cleared: bool
) -> None:
    connections = Connections(open=10, ended=7)
    crowd = LeftCrowd(connections)
    connections.open, connections.ended = there, 7 + ended

    with without_collecting():
        knot = ref(Knot())
        crowd.clear_up()
        is_gone = knot() is None

    assert is_gone == is_cleared


def test_a_crowd_that_has_left_is_cleared_up_once() -> None:
    connections = Connections(open=10, ended=0)
    crowd = LeftCrowd(connections)
    connections.ended = CROWD

    with without_collecting():
        crowd.clear_up()
        knot = ref(Knot())
        crowd.clear_up()

        assert knot() is not None
