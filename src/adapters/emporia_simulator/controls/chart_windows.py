"""Which windows of which charts were answered, and how often: nobody should have to ask twice."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from adapters.emporia_simulator.homes.energy.buckets import Scale


class Window(NamedTuple):
    """What one chart call asks for; times are UTC seconds."""

    customer: str
    gid: int
    channel: str
    scale: Scale
    start: int
    end: int


@dataclass(slots=True)
class ChartWindows:
    """How often each window was answered. Of too many to keep the first are forgotten, and counted
    as such."""

    at_most: int = 50_000
    _times: dict[Window, int] = field(default_factory=dict)
    _forgotten: dict[str, int] = field(default_factory=dict)

    def add(
        self, *, customer: str, gid: int, channel: str, scale: Scale, start: int, end: int
    ) -> None:
        """Count one that was answered."""
        window = Window(customer, gid, channel, scale, start, end)
        self._times[window] = self._times.get(window, 0) + 1
        if len(self._times) > self.at_most:
            first = next(iter(self._times))
            del self._times[first]
            self._forgotten[first.customer] = self._forgotten.get(first.customer, 0) + 1

    def reset(self) -> None:
        """Begin again at nothing."""
        self._times.clear()
        self._forgotten.clear()

    def report(self, customer: str) -> dict[str, Any]:
        """One customer's, the first asked first."""
        mine = [(window, times) for window, times in self._times.items() if window[0] == customer]
        return {
            "windows": [{**window._asdict(), "times": times} for window, times in mine],
            "windows_forgotten": self._forgotten.get(customer, 0),
        }
