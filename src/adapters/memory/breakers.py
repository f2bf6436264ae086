"""Breakers of one process."""

from collections.abc import Callable

from application.ports.emporia.breakers import Breakers
from domain.emporia.cloud.breaker import CLOSED, Breaker
from domain.emporia.cloud.cloud_tally import CloudTally


class InMemoryBreakers(Breakers):
    """Keeps those that are open; a restart closes all of them."""

    def __init__(self) -> None:
        self._open: dict[str, Breaker] = {}
        self._tally = CloudTally()

    async def change(
        self, name: str, change: Callable[[Breaker], Breaker]
    ) -> tuple[Breaker, Breaker]:
        before = self._open.get(name, CLOSED)
        after = change(before)
        if after.is_closed:
            self._open.pop(name, None)
        else:
            self._open[name] = after
        return before, after

    async def change_tally(
        self, change: Callable[[CloudTally], CloudTally]
    ) -> tuple[CloudTally, CloudTally]:
        before, self._tally = self._tally, change(self._tally)
        return before, self._tally
