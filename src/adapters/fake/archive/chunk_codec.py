"""Chunks as plain text: the domain's own arithmetic, and nothing saved by it."""

import json
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import asdict

from application.ports.archive.chunk_codec import ChunkCodec
from domain.archive.chunks import Chunk, Run
from domain.archive.hours import Part, parts_of
from domain.archive.months import Month
from domain.archive.quality import KNOWN
from domain.archive.recording.reading import Figures, figures_of
from domain.archive.sealed import ChunkDamaged, SealedChunk


class PlainChunkCodec(ChunkCodec):
    """Slow and large, and easy to see through."""

    def figures(self, kilowatt_hours: Sequence[float | None]) -> Figures:
        """See the port."""
        return figures_of(kilowatt_hours)

    def parts(self, chunk: Chunk, seconds: int) -> list[Part]:
        """See the port."""
        return parts_of(chunk, seconds)

    def seal(self, chunk: Chunk) -> SealedChunk:
        """See the port."""
        values = [
            value
            for first, last, run in chunk.stretches()
            if run.mark & KNOWN
            for value in chunk.millijoules[first:last]
        ]
        runs, data = json.dumps(chunk.runs).encode(), json.dumps(values).encode()
        return SealedChunk(
            span=chunk.span,
            asked=chunk.asked,
            known=chunk.known,
            total=sum(values),
            least=min(values, default=0),
            greatest=max(values, default=0),
            runs=runs,
            data=data,
            checksum=zlib.crc32(runs + data),
        )

    def open(self, sealed: SealedChunk) -> Chunk:
        """See the port."""
        if zlib.crc32(sealed.runs + sealed.data) != sealed.checksum:
            raise ChunkDamaged
        runs = self.runs(sealed.runs)
        known = iter(json.loads(sealed.data))
        values = array("q")
        for run in runs:
            values.extend(next(known) if run.mark & KNOWN else 0 for _ in range(run.length))
        return Chunk(sealed.span, values, runs)

    def runs(self, sealed: bytes) -> tuple[Run, ...]:
        """See the port."""
        return tuple(Run(*fields) for fields in json.loads(sealed))

    def seal_month(self, month: Month) -> bytes:
        """See the port."""
        columns = {name: list(column) for name, column in asdict(month).items() if name != "start"}
        body = json.dumps({"start": month.start, **columns}).encode()
        return b"%08x" % zlib.crc32(body) + body

    def open_month(self, at: int, sealed: bytes) -> Month:
        """See the port."""
        body = sealed[8:]
        if b"%08x" % zlib.crc32(body) != sealed[:8] or json.loads(body)["start"] != at:
            raise ChunkDamaged
        columns = json.loads(body)
        return Month(
            start=at,
            quarters=array("q", columns["quarters"]),
            positive=array("q", columns["positive"]),
            known_seconds=array("H", columns["known_seconds"]),
            kinds=bytearray(columns["kinds"]),
        )
