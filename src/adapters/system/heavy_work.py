"""Heavy work in a few threads: more would only get into each other's way."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from application.ports.heavy_work import HeavyWork

MOST_AT_ONCE = 2

Result = TypeVar("Result")


class ThreadedHeavyWork(HeavyWork):
    """Waits for its threads when it is closed."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="heavy")

    async def __call__(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Take no more work."""
        self._threads.shutdown()
