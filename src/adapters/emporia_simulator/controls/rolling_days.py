"""How many requests a customer made in the last 24 hours of the homes' time: what a budget is held
against."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from adapters.emporia_simulator.controls.faults import DEVICE_API, USER_POOL
from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS

GROUPS = (DEVICE_API, USER_POOL)


@dataclass(slots=True)
class RollingDay:
    """One row of requests. Bounded: requests of one second are one entry, older ones go."""

    most: int = 0
    """The most that ever fell into 24 hours."""
    _count: int = 0
    _seconds: deque[tuple[int, int]] = field(default_factory=deque)

    def add(self, now: int) -> None:
        """Count one request. A clock that was set back begins a new day."""
        last, times = self._seconds[-1] if self._seconds else (now, 0)
        if now < last:
            self._seconds.clear()
            self._count = times = 0
        elif now == last and times:
            self._seconds.pop()
        else:
            times = 0
        self._seconds.append((now, times + 1))
        self._count += 1
        self.most = max(self.most, self.counted(now))

    def counted(self, now: int) -> int:
        """The requests of the 24 hours that end with this second."""
        while self._seconds and self._seconds[0][0] <= now - DAY_SECONDS:
            self._count -= self._seconds.popleft()[1]
        return self._count


@dataclass(slots=True)
class RollingDays:
    """Every customer's requests of the last 24 hours, of the two APIs apart."""

    _days: dict[tuple[str, str], RollingDay] = field(default_factory=dict)

    def add(self, *, customer: str, group: str, now: float) -> None:
        """Count a request, whatever becomes of it."""
        self._days.setdefault((customer, group), RollingDay()).add(int(now))

    def reset(self) -> None:
        """Begin again at nothing."""
        self._days.clear()

    def report(self, customer: str, now: float) -> dict[str, Any]:
        """One customer's, ready to send."""
        days = {group: self._days.get((customer, group), RollingDay()) for group in GROUPS}
        return {
            group: {"last_24_hours": day.counted(int(now)), "most_in_24_hours": day.most}
            for group, day in days.items()
        }
