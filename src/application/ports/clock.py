"""Time, as far as the use-cases need it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits for it."""

    def now(self) -> datetime:
        """The wall clock's time in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; zero or less still lets others run."""
        ...
