"""A chunk as it is kept: bytes, figures that need no opening, and a checksum of our own."""

from dataclasses import dataclass

from domain.archive.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedChunk:
    """Immutable; a chunk is replaced whole, never edited. Figures are in millijoules.

    `total`, `least` and `greatest` are of the known buckets, 0 where there are none.
    """

    span: Span
    asked: int
    known: int
    total: int
    least: int
    greatest: int
    runs: bytes
    data: bytes
    checksum: int

    @property
    def size(self) -> int:
        """How many bytes of it are kept, beside what each row costs."""
        return len(self.runs) + len(self.data)


class ChunkDamaged(Exception):
    """What was kept does not fit its checksum: nothing of it may be told."""
