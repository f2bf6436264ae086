"""Heavy work done at once, where a test sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from application.ports.heavy_work import HeavyWork

Result = TypeVar("Result")


@dataclass(slots=True)
class InlineHeavyWork(HeavyWork):
    """Counts how often it was asked."""

    done: int = 0

    async def __call__(self, work: Callable[[], Result]) -> Result:
        """See the port."""
        self.done += 1
        return work()
