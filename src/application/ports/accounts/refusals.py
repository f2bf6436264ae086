"""What was refused under a key, and how long the next try has to wait for it."""

from typing import Protocol


class Refusals(Protocol):
    """Counts refused tries of each key, by one rule of pauses; memory is bounded.

    Tries under one key that could all be refused at once take turns, so that no more than the free
    ones are ever made before their outcome is known.
    """

    async def begin(self, key: str) -> float:
        """Begin a try: 0 when it may be made, else the seconds to wait until one may.

        Whoever got 0 has to call `end`. Waits for tries under way, never for a pause; raises
        PasswordsBusy where too many do.
        """
        ...

    async def end(self, key: str, *, refused: bool) -> None:
        """Tell how a try that began has ended."""
        ...
