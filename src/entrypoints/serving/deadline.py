"""A deadline that moves often and is met almost always: moving it costs next to nothing."""

import asyncio
from collections.abc import Callable


def _nobody() -> None:
    """Nobody is called."""


class Deadline:
    """Calls once, when the time is over that was set last.

    A timer that is still running is left alone where it goes off early enough: it looks again.
    """

    __slots__ = ("_loop", "_missed", "_time", "_timer")

    def __init__(self, loop: asyncio.AbstractEventLoop, missed: Callable[[], None]) -> None:
        self._loop = loop
        self._missed = missed
        self._time: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_off(self) -> bool:
        """Whether nothing has to happen in time."""
        return self._time is None

    def set(self, time: float) -> None:
        """Expect something up to this time of the loop."""
        self._time = time
        if self._timer is not None and self._timer.when() > time:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(time, self._check)

    def clear(self) -> None:
        """Expect nothing."""
        self._time = None

    def cancel(self) -> None:
        """Expect nothing ever again, and forget whom to call."""
        self._time = None
        self._missed = _nobody
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check(self) -> None:
        self._timer = None
        if self._time is None:
            return
        if self._loop.time() < self._time:
            self._timer = self._loop.call_at(self._time, self._check)
            return
        self._time = None
        self._missed()
