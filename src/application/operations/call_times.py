"""How long calls take, by route: the template, for paths are what callers write."""

from collections.abc import Sequence

from domain.histogram import Histogram
from domain.operations.figures import Labels

BOUNDS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class CallTimes:
    """Counts each call when its answer begins. `counts_calls` is off where nobody reads it."""

    def __init__(self, *, counts_calls: bool) -> None:
        self.counts_calls = counts_calls
        self._times: dict[tuple[str, str, int], Histogram] = {}

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a call; the status by its hundreds."""
        key = method, route, status // 100
        times = self._times.get(key)
        if times is None:
            times = self._times[key] = Histogram(BOUNDS_SECONDS)
        times.add(seconds)

    def all(self) -> Sequence[tuple[Labels, Histogram]]:
        """What was counted."""
        return [
            ({"method": method, "route": route, "status": f"{hundreds}xx"}, times)
            for (method, route, hundreds), times in self._times.items()
        ]
