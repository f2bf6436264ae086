"""The codec of chunks, loaded with the first chunk: numpy takes a tenth of a second."""

from collections.abc import Sequence
from functools import cached_property

from application.ports.archive.chunk_codec import ChunkCodec
from domain.archive.chunks import Chunk, Run
from domain.archive.hours import Part
from domain.archive.months import Month
from domain.archive.recording.reading import Figures
from domain.archive.sealed import SealedChunk


class LateChunkCodec(ChunkCodec):
    """Every method blocks, so the loading happens in a thread too."""

    @cached_property
    def _codec(self) -> ChunkCodec:
        from adapters.pcodec.chunk_codec import PcodecChunkCodec

        return PcodecChunkCodec()

    def figures(self, kilowatt_hours: Sequence[float | None]) -> Figures:
        """See the port."""
        return self._codec.figures(kilowatt_hours)

    def parts(self, chunk: Chunk, seconds: int) -> list[Part]:
        """See the port."""
        return self._codec.parts(chunk, seconds)

    def seal(self, chunk: Chunk) -> SealedChunk:
        """See the port."""
        return self._codec.seal(chunk)

    def open(self, sealed: SealedChunk) -> Chunk:
        """See the port."""
        return self._codec.open(sealed)

    def runs(self, sealed: bytes) -> tuple[Run, ...]:
        """See the port."""
        return self._codec.runs(sealed)

    def seal_month(self, month: Month) -> bytes:
        """See the port."""
        return self._codec.seal_month(month)

    def open_month(self, at: int, sealed: bytes) -> Month:
        """See the port."""
        return self._codec.open_month(at, sealed)
