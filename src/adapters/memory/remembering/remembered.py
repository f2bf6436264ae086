"""Answers remembered until they change."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from application.emporia.cloud.single_flight import SingleFlight

MOST_REMEMBERED = 10_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Answers from memory what was looked up before and was not forgotten since.

    A look-up that was under way when anything was forgotten is not remembered: what it found may
    be older than the change. Full, it begins anew, so that memory is bounded.

    Who asks while the same is looked up waits for that answer: a crowd costs one look-up.
    """

    def __init__(self, look_up: Callable[[Key], Awaitable[Value]]) -> None:
        self._look_up = look_up
        self._known: dict[Key, Value] = {}
        self._changes = 0
        self._under_way: SingleFlight[Value] = SingleFlight()

    async def __call__(self, key: Key) -> Value:
        """What the look-up says of this key, or said the last time."""
        if key in self._known:
            return self._known[key]
        # Nobody joins a look-up that began before the newest change.
        return await self._under_way((key, self._changes), lambda: self._find(key))

    async def _find(self, key: Key) -> Value:
        changes = self._changes
        value = await self._look_up(key)
        if changes == self._changes:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = value
        return value

    def forget(self, key: Key) -> None:
        """Look anew for this key."""
        self._changes += 1
        self._known.pop(key, None)

    def forget_all(self) -> None:
        """Look anew for everything."""
        self._changes += 1
        self._known.clear()

    def forget_where(self, is_stale: Callable[[Key, Value], bool]) -> None:
        """Look anew for each key whose value is stale."""
        self._changes += 1
        for key, value in tuple(self._known.items()):
            if is_stale(key, value):
                del self._known[key]
