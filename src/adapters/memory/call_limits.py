"""Calls counted within one process."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ports.accounts.call_limits import CallLimit
from application.ports.clock import Clock
from domain.accounts.callers.networks import LINES_OF_A_SITE, Network, site_of
from domain.errors import TooManyCalls

WINDOW = timedelta(minutes=1)
MOST_WINDOWS = 100_000
"""Some 20 MB. Whoever has more networks than this is not stopped by counting them."""


@dataclass(slots=True)
class _Window:
    began_at: datetime
    calls: int = 0


class InMemoryCallLimit(CallLimit):
    """Counts in a window that opens with a network's first call and lasts a minute.

    Whoever stays under the limit in every minute is never refused. Windows that are over are
    dropped, so that memory holds one minute's networks at most.
    """

    def __init__(self, *, most_calls: int, clock: Clock) -> None:
        self._most_calls = most_calls
        self._clock = clock
        self._windows: dict[Network, _Window] = {}

    async def count(self, network: Network) -> None:
        now = self._clock.now()
        self._drop_windows_before(now - WINDOW)
        limits = {network: self._most_calls}
        limits.setdefault(site_of(network), self._most_calls * LINES_OF_A_SITE)
        for key, most_calls in limits.items():
            window = self._windows.get(key)
            if window is not None and window.calls >= most_calls:
                wait = window.began_at + WINDOW - now
                raise TooManyCalls(retry_after_seconds=wait.total_seconds())
        for key in limits:
            self._windows.setdefault(key, _Window(began_at=now)).calls += 1

    def _drop_windows_before(self, began_at: datetime) -> None:
        """Windows lie in the order in which they began."""
        while self._windows:
            network, window = next(iter(self._windows.items()))
            if window.began_at > began_at and len(self._windows) <= MOST_WINDOWS:
                return
            del self._windows[network]
