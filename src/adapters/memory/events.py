"""Events within one process."""

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from application.ports.events import Events
from domain.events import Event

logger = logging.getLogger(__name__)

E = TypeVar("E", bound=Event)

Listener = Callable[[Any], Awaitable[None]]


class InProcessEvents(Events):
    """Tells listeners at once, in the task of the one who publishes."""

    def __init__(self) -> None:
        self._listeners: defaultdict[type[Event], list[Listener]] = defaultdict(list)
        self._anywhere: defaultdict[type[Event], list[Listener]] = defaultdict(list)

    def subscribe(
        self, kind: type[E], listener: Callable[[E], Awaitable[None]], *, anywhere: bool = False
    ) -> None:
        self._listeners[kind].append(listener)
        if anywhere:
            self._anywhere[kind].append(listener)

    async def publish(self, event: Event) -> None:
        await _tell(self._listeners, event)

    async def pass_on(self, event: Event) -> None:
        """Tell of what happened on another node those who want to hear it."""
        await _tell(self._anywhere, event)


async def _tell(listeners: Mapping[type[Event], Sequence[Listener]], event: Event) -> None:
    for kind in type(event).__mro__:
        for listener in listeners.get(kind, ()):
            try:
                await listener(event)
            except Exception:
                told = {"event": "listener_broke", "heard": type(event).__name__}
                logger.exception("a listener to %(heard)s broke", told)
