"""Work that takes too long for the event loop."""

from collections.abc import Callable
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class HeavyWork(Protocol):
    """Does what keeps a processor busy for more than a few milliseconds."""

    async def __call__(self, work: Callable[[], Result]) -> Result:
        """The result; raises what the work raises. Others are served meanwhile."""
        ...
