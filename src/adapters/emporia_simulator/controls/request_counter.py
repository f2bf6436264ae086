"""Who asked for what, how often and when: what a test needs to hold a client to its budget."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

NOBODY = "unknown"


@dataclass(slots=True)
class Tally:
    """How often one customer called one method, and how densely at the worst."""

    count: int = 0
    most_in_one_second: int = 0
    _second: int = 0
    _in_second: int = 0

    def add(self, at: float) -> None:
        """Count one request made at a wall-clock time."""
        if int(at) != self._second:
            self._second, self._in_second = int(at), 0
        self._in_second += 1
        self.count += 1
        self.most_in_one_second = max(self.most_in_one_second, self._in_second)


@dataclass(slots=True)
class RequestCounter:
    """Counts requests by customer and method. Memory is bounded: customers and methods are the
    simulator's own, and of single requests only the latest are kept."""

    total: int = 0
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    recent: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=1_000))

    def add(self, *, customer: str, method: str, detail: str) -> None:
        """Count a request, whatever becomes of it."""
        now = time.time()
        self.total += 1
        self.tallies.setdefault(customer, {}).setdefault(method, Tally()).add(now)
        self.recent.append(
            {"at": now, "customer": customer, "method": method, "detail": detail[:40]}
        )

    def reset(self) -> None:
        """Begin again at nothing."""
        self.total = 0
        self.tallies.clear()
        self.recent.clear()

    def report(self) -> dict[str, Any]:
        """Everything counted, ready to send."""
        customers = {
            customer: {
                method: {
                    "count": tally.count,
                    "most_in_one_second": tally.most_in_one_second,
                }
                for method, tally in methods.items()
            }
            for customer, methods in self.tallies.items()
        }
        return {"total": self.total, "customers": customers, "recent": list(self.recent)}
