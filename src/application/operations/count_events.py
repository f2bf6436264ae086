"""How often each kind of event has happened since the start."""

from collections import Counter

from application.ports.events import Events
from domain.events import Event


class CountEvents:
    """Counts every event by the name of its kind."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def listen(self, events: Events) -> None:
        """Hear everything."""
        events.subscribe(Event, self._count)

    @property
    def counts(self) -> dict[str, int]:
        """A copy of what was counted, `{"SignedIn": 3}`; kinds that never happened are left out."""
        return dict(self._counts)

    async def _count(self, event: Event) -> None:
        self._counts[type(event).__name__] += 1
