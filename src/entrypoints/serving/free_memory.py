"""Gives memory that nobody uses back to the system.

glibc keeps what was freed below anything that still lives: after a crowd has left, that may be
most of what the process holds. Python's own memory for small objects goes back by the megabyte,
once nothing in it lives; garbage that leads back to itself lives until it is looked for.
"""

import asyncio
import ctypes
import gc
import time
from collections.abc import Callable
from typing import Protocol

PAUSE_SECONDS = 5.0
"""Between two looks. One costs 0.1 ms where nothing is free, 2 ms after a crowd."""

BETWEEN_FRAMES = 0.5
"""When in a second of the wall clock: frames leave at its beginning."""

CROWD = 200
"""How many connections must have ended before garbage is looked for."""

MOST_THERE = 200
"""With how many connections it is looked for: that stops the loop, for 10 ms where there are none
and for longer the more there are. Where more stay, Python looks by itself in its own time."""


class Connections(Protocol):
    """Who is there, and who has been."""

    @property
    def open(self) -> int:
        """How many are open."""
        ...

    @property
    def ended(self) -> int:
        """How many have ended since the start."""
        ...


class LeftCrowd:
    """Looks for the garbage of a crowd, once after it has left."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._known = connections.ended

    def clear_up(self) -> None:
        """Look for garbage where many connections have ended since the last time."""
        ended = self._connections.ended
        if ended - self._known >= CROWD and self._connections.open <= MOST_THERE:
            self._known = ended
            gc.collect()


def trimmer() -> Callable[[], None] | None:
    """What gives free memory back; None where the C library does that by itself."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # no glibc; Windows takes no None
        return None
    trim.argtypes = [ctypes.c_size_t]
    return lambda: trim(0)


async def give_back_free_memory(connections: Connections) -> None:
    """Give free memory back every few seconds, until cancelled."""
    trim, crowd = trimmer(), LeftCrowd(connections)
    while True:
        await asyncio.sleep(
            PAUSE_SECONDS + min(PAUSE_SECONDS, _seconds_to_wait_for(BETWEEN_FRAMES))
        )
        crowd.clear_up()
        if trim is not None:
            trim()


def _seconds_to_wait_for(part_of_second: float) -> float:
    """How long after the pause the wall clock is so far in a second."""
    return (part_of_second - time.time() - PAUSE_SECONDS) % 1.0
