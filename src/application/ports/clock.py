"""Time, as far as the use-cases need it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits for it."""

    def now(self) -> datetime:
        """The wall clock's time in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow, from an unknown start in this process.

        What was measured with it is right however the wall clock is set; time in which the
        machine was asleep counts where the system tells it.
        """
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; zero or less still lets others run."""
        ...
