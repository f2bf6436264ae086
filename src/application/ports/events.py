"""How one room hears what has happened in another."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from domain.events import Event

E = TypeVar("E", bound=Event)


class Events(Protocol):
    """Carries events to those who listen.

    Who publishes knows nobody who listens; they are brought together where the gateway is put
    together.
    """

    def subscribe(
        self, kind: type[E], listener: Callable[[E], Awaitable[None]], *, anywhere: bool = False
    ) -> None:
        """Let the listener hear events of this kind from now on, and of the kinds below it.

        They are what happened on this node, and with `anywhere` on any: open streams that end and
        memories that forget want those, whoever counts and keeps does not.
        """
        ...

    async def publish(self, event: Event) -> None:
        """Tell every listener, in the order in which they came; returns when all have heard.

        Never raises what a listener raises: that is logged, and the others hear the event too.
        """
        ...
