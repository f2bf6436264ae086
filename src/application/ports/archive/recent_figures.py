"""What Emporia told a moment ago of buckets that may still change."""

from collections.abc import Mapping
from typing import Protocol

from domain.archive.series import Series
from domain.emporia.usage import Scale


class RecentFigures(Protocol):
    """Keeps such figures for a minute, so that a page that is loaded again asks nobody."""

    def of(self, series: Series, scale: Scale) -> Mapping[int, float | None]:
        """In kWh, by where the bucket begins, in seconds since 1970; None is no figure yet."""
        ...

    def note(self, series: Series, scale: Scale, figures: Mapping[int, float | None]) -> None:
        """Keep these from now on, beside what was noted a moment ago."""
        ...
