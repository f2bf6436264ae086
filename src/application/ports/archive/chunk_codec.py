"""The work that is done to every single sample, in machine code."""

from collections.abc import Sequence
from typing import Protocol

from domain.archive.chunks import Chunk, Run
from domain.archive.hours import Part
from domain.archive.months import Month
from domain.archive.recording.reading import Figures
from domain.archive.sealed import SealedChunk


class ChunkCodec(Protocol):
    """Turns figures into bytes and back. Every method blocks: it is for a thread."""

    def figures(self, kilowatt_hours: Sequence[float | None]) -> Figures:
        """The same as `figures_of` of the domain."""
        ...

    def parts(self, chunk: Chunk, seconds: int) -> list[Part]:
        """The same as `parts_of` of the domain."""
        ...

    def seal(self, chunk: Chunk) -> SealedChunk:
        """The chunk as bytes, with its checksum."""
        ...

    def open(self, sealed: SealedChunk) -> Chunk:
        """The chunk again, to the unit; raises ChunkDamaged."""
        ...

    def runs(self, sealed: bytes) -> tuple[Run, ...]:
        """The runs of a sealed chunk, which need not be opened for them."""
        ...

    def seal_month(self, month: Month) -> bytes:
        """The month as bytes, a checksum among them."""
        ...

    def open_month(self, at: int, sealed: bytes) -> Month:
        """The month that begins at this second; raises ChunkDamaged."""
        ...
