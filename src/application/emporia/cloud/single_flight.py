"""Concurrent callers who want the same thing share one run of it."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Outcome = TypeVar("Outcome")


class SingleFlight(Generic[Outcome]):
    """Runs one piece of work a key at a time; whoever comes meanwhile gets the same outcome.

    A caller who gives up does not stop the work for the others. `close` ends what still runs.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[Outcome]] = {}

    async def __call__(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Outcome]]
    ) -> Outcome:
        """The outcome of the work that runs under this key, started if none does."""
        return await asyncio.shield(self.start(key, work))

    def start(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Outcome]]
    ) -> "asyncio.Task[Outcome]":
        """Let the work run under this key, unless it does already; nobody has to wait for it."""
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(work())
            self._running[key] = task
            task.add_done_callback(lambda done: self._finish(key, done))
        return task

    async def close(self) -> None:
        """Cancel what runs and wait until it has stopped."""
        tasks = tuple(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _finish(self, key: Hashable, done: "asyncio.Task[Outcome]") -> None:
        del self._running[key]
        if not done.cancelled():
            done.exception()  # marks it as seen, should every caller have given up
