"""The threads of connections: none outlives its engine."""

import asyncio
import time
from collections.abc import Sequence
from threading import Thread
from typing import Any

import aiosqlite

LONGEST_STATEMENT_SECONDS = 3.0
"""How long the last statement of a connection may take, which may wait for a lock."""


class ConnectionThreads:
    """Opens connections, and remembers the thread of each.

    A caller who is cancelled leaves a statement behind that its thread is at. Where the event loop
    has ended before it, what comes of the statement reaches nobody, and the thread fails.
    """

    def __init__(self) -> None:
        self._opened: list[aiosqlite.Connection] = []

    def open(self, *arguments: Any, **options: Any) -> aiosqlite.Connection:
        """A connection that opens when it is awaited."""
        connection = aiosqlite.connect(*arguments, **options)
        thread_of(connection).daemon = True
        self._opened = [each for each in self._opened if thread_of(each).is_alive()]
        self._opened.append(connection)
        return connection

    async def end(self) -> None:
        """Let all of them end, and wait until they have."""
        opened, self._opened = self._opened, []
        await _ended(opened)
        # Those end by themselves that somebody closes, who waits for it; these nobody does.
        forgotten = [each for each in opened if thread_of(each).is_alive()]
        for connection in forgotten:
            connection.stop()
        await _ended(forgotten)


def thread_of(connection: aiosqlite.Connection) -> Thread:
    """It has no public name; SQLAlchemy too takes it from there."""
    return connection._thread  # noqa: SLF001


async def _ended(connections: Sequence[aiosqlite.Connection]) -> None:
    """Wait until all their threads have ended, as long as a statement may take."""
    alive = [thread_of(each) for each in connections if thread_of(each).is_alive()]
    if alive:
        await asyncio.to_thread(_join, alive)


def _join(threads: Sequence[Thread]) -> None:
    end = time.monotonic() + LONGEST_STATEMENT_SECONDS
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
