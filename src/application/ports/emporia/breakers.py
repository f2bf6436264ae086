"""What is known of outages, wherever it was met with."""

from collections.abc import Callable
from typing import Protocol

from domain.emporia.cloud.breaker import Breaker
from domain.emporia.cloud.cloud_tally import CloudTally


class Breakers(Protocol):
    """Keeps one breaker a name, and the cloud's failures in a row.

    Each change is one step that nobody else comes between; it must be pure, for it may be tried
    more than once. Times are seconds of this process's monotonic clock.
    """

    async def change(
        self, name: str, change: Callable[[Breaker], Breaker]
    ) -> tuple[Breaker, Breaker]:
        """Change one breaker; what it was and what it is. It is closed until somebody opens it."""
        ...

    async def change_tally(
        self, change: Callable[[CloudTally], CloudTally]
    ) -> tuple[CloudTally, CloudTally]:
        """Change the count of the cloud's failures; what it was and what it is."""
        ...
