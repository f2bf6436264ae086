"""Figures of a moment ago, in this process."""

from collections import OrderedDict
from collections.abc import Mapping

from application.ports.archive.recent_figures import RecentFigures
from application.ports.clock import Clock
from domain.archive.series import Series
from domain.emporia.usage import Scale

KEPT_SECONDS = 60.0
MOST_BUCKETS = 200_000
"""Of all series together; the oldest make room."""

Noted = dict[int, tuple[float, float | None]]
"""When a bucket was told of (monotonic seconds), and its figure."""


class InMemoryRecentFigures(RecentFigures):
    """Forgets what is old when somebody asks for it, and the oldest series when there is much."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._noted: OrderedDict[tuple[Series, Scale], Noted] = OrderedDict()
        self._buckets = 0

    def of(self, series: Series, scale: Scale) -> Mapping[int, float | None]:
        earliest = self._clock.monotonic() - KEPT_SECONDS
        noted = self._noted.get((series, scale), {})
        return {start: figure for start, (at, figure) in noted.items() if at > earliest}

    def note(self, series: Series, scale: Scale, figures: Mapping[int, float | None]) -> None:
        now = self._clock.monotonic()
        before = self._noted.pop((series, scale), {})
        kept = {start: noted for start, noted in before.items() if noted[0] > now - KEPT_SECONDS}
        kept.update({start: (now, figure) for start, figure in figures.items()})
        self._noted[series, scale] = kept
        self._buckets += len(kept) - len(before)
        while self._buckets > MOST_BUCKETS and len(self._noted) > 1:
            self._buckets -= len(self._noted.popitem(last=False)[1])
