"""A series as it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.archive.quality import Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesAnswer:
    """Buckets in a row from the first instant (UTC), in kWh; None is unknown.

    `quality` tells of how many in a row which, and `coverage` which share of the time is known,
    from 0 to 1.
    """

    first_usage_instant: datetime
    usages: Sequence[float | None]
    quality: Sequence[tuple[Quality, int]]
    coverage: float
