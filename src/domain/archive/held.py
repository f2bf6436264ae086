"""What is held of a series, told without opening it."""

from dataclasses import dataclass, field

from domain.archive.series import SeriesName
from domain.archive.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One chunk: how many of its buckets were asked for and are known; `size` in bytes."""

    name: SeriesName
    span: Span
    asked: int
    known: int
    size: int
    runs: bytes = field(default=b"", repr=False)
