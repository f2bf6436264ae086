"""Chunks sealed with pcodec: a third of a byte for a second of a real home."""

import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pcodec import ChunkConfig, DeltaSpec
from pcodec.standalone import simple_compress, simple_decompress

from application.ports.archive.chunk_codec import ChunkCodec
from domain.archive.chunks import Chunk, Run
from domain.archive.energy import MILLIJOULES_PER_KWH, MOST_KWH
from domain.archive.hours import QUARTERS, SOURCES, Part
from domain.archive.months import Month
from domain.archive.quality import KNOWN, Mark
from domain.archive.recording.reading import Figures
from domain.archive.sealed import ChunkDamaged, SealedChunk

RUN = struct.Struct("<BHI")
HEAD = struct.Struct("<Bqq")
LENGTH = struct.Struct("<H")
CHECKSUM = struct.Struct("<I")

WAYS = (
    ChunkConfig(delta_spec=DeltaSpec.try_consecutive(1)),
    ChunkConfig(delta_spec=DeltaSpec.no_op()),
)
"""The better of both is kept: pcodec's own choice is a twelfth larger on short noisy chunks."""

Numbers = NDArray[np.int64]


class PcodecChunkCodec(ChunkCodec):
    """Stateless."""

    def figures(self, kilowatt_hours: Sequence[float | None]) -> Figures:
        """See the port."""
        usages = np.array(kilowatt_hours, dtype=np.float64)
        known = np.isfinite(usages) & (np.abs(usages) <= MOST_KWH)
        whole = np.rint(np.where(known, usages, 0.0) * MILLIJOULES_PER_KWH).astype(np.int64)
        return Figures(_array(whole), tuple(_runs_of(known)))

    def parts(self, chunk: Chunk, seconds: int) -> list[Part]:
        """See the port."""
        width = seconds // chunk.span.seconds
        values = _numbers(chunk.millijoules)
        marks = _marks(chunk.runs)
        columns = (
            values,
            np.maximum(values, 0),
            ((marks & KNOWN) != 0).astype(np.int64),
            (marks != 0).astype(np.int64),
            ((marks & Mark.IMPORTED) != 0).astype(np.int64),
            ((marks & Mark.AVERAGED) != 0).astype(np.int64),
        )
        sums = (column.reshape(-1, width).sum(axis=1).tolist() for column in columns)
        return [
            Part(
                net=net,
                positive=positive,
                known=known,
                asked=asked,
                imported=imported,
                averaged=averaged,
            )
            for net, positive, known, asked, imported, averaged in zip(*sums, strict=True)
        ]

    def seal(self, chunk: Chunk) -> SealedChunk:
        """See the port."""
        values = _numbers(chunk.millijoules)
        if any(not run.mark & KNOWN for run in chunk.runs):
            values = values[(_marks(chunk.runs) & KNOWN) != 0]
        runs = b"".join(RUN.pack(*run) for run in chunk.runs)
        has_values = len(values) > 0
        data = _packed(values)
        return SealedChunk(
            span=chunk.span,
            asked=chunk.asked,
            known=len(values),
            total=int(values.sum()),
            least=int(values.min()) if has_values else 0,
            greatest=int(values.max()) if has_values else 0,
            runs=runs,
            data=data,
            checksum=_checksum(chunk, runs, data),
        )

    def open(self, sealed: SealedChunk) -> Chunk:
        """See the port."""
        span = sealed.span
        if _checksum(sealed, sealed.runs, sealed.data) != sealed.checksum:
            raise ChunkDamaged
        runs = self.runs(sealed.runs)
        values = _unpacked(sealed.data)
        if len(values) < span.count:
            known = values
            values = np.zeros(span.count, dtype=np.int64)
            values[(_marks(runs) & KNOWN) != 0] = known
        return Chunk(span, _array(values), runs)

    def runs(self, sealed: bytes) -> tuple[Run, ...]:
        """See the port."""
        return tuple(Run(*fields) for fields in RUN.iter_unpack(sealed))

    def seal_month(self, month: Month) -> bytes:
        """See the port."""
        positive, quarters = _numbers(month.positive), _numbers(month.quarters)
        # Of most series all is positive, and told by the quarters already.
        is_told = bool((quarters.reshape(-1, QUARTERS).sum(axis=1) == positive).all())
        columns = [_packed(quarters), b"" if is_told else _packed(positive)]
        columns.append(_packed(np.array(month.known_seconds, dtype=np.int64)))
        columns.append(_packed(np.frombuffer(month.kinds, dtype=np.uint8).astype(np.int64)))
        body = b"".join(LENGTH.pack(len(column)) + column for column in columns)
        return CHECKSUM.pack(_month_checksum(month.start, body)) + body

    def open_month(self, at: int, sealed: bytes) -> Month:
        """See the port."""
        body = sealed[CHECKSUM.size :]
        if sealed[: CHECKSUM.size] != CHECKSUM.pack(_month_checksum(at, body)):
            raise ChunkDamaged
        columns = []
        place = 0
        while place < len(body):
            (length,) = LENGTH.unpack_from(body, place)
            place += LENGTH.size
            columns.append(_unpacked(body[place : place + length]))
            place += length
        quarters, positive, known_seconds, kinds = columns
        if not len(positive):
            positive = quarters.reshape(-1, QUARTERS).sum(axis=1)
        return Month(
            start=at,
            quarters=_array(quarters),
            positive=_array(positive),
            known_seconds=array("H", known_seconds.astype(np.uint16).tobytes()),
            kinds=bytearray(kinds.astype(np.uint8).tobytes()),
        )


def _packed(values: Numbers) -> bytes:
    """The shorter of two encodings, of 32 bits where every value fits."""
    if not len(values):
        return b""
    small = values.astype(np.int32)
    fitting: NDArray[Any] = small if bool((small == values).all()) else values
    return min((simple_compress(fitting, way) for way in WAYS), key=len)


def _unpacked(data: bytes) -> Numbers:
    values = simple_decompress(data) if data else None
    return np.zeros(0, dtype=np.int64) if values is None else values.astype(np.int64)


def _numbers(values: "array[int]") -> Numbers:
    return np.frombuffer(values, dtype=np.int64)


def _array(values: Numbers) -> "array[int]":
    made = array("q")
    made.frombytes(values.tobytes())
    return made


def _marks(runs: Iterable[Run]) -> NDArray[np.uint8]:
    marks, counts, _ = zip(*runs, strict=True)
    return np.repeat(np.array(marks, dtype=np.uint8), counts)


def _runs_of(known: NDArray[np.bool_]) -> list[tuple[bool, int]]:
    if not len(known):
        return []
    edges = [0, *(np.flatnonzero(known[1:] != known[:-1]) + 1).tolist(), len(known)]
    return [(bool(known[first]), last - first) for first, last in pairwise(edges)]


def _checksum(holder: Chunk | SealedChunk, runs: bytes, data: bytes) -> int:
    """Over all that the chunk tells, and over which it is."""
    span = holder.span
    head = HEAD.pack(SOURCES[span.scale], span.start, span.end)
    return zlib.crc32(data, zlib.crc32(runs, zlib.crc32(head)))


def _month_checksum(start: int, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(HEAD.pack(0, start, 0)))
