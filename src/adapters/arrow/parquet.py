"""Parquet files that are written as their rows come."""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from adapters.arrow.columns import SCHEMA, columns_of
from application.ports.archive.export_tables import ExportTable
from domain.archive.exchange.exports import Piece

ROWS_OF_A_GROUP = 100_000
"""A group is written at once; what a reader looks for is told of each by itself."""


class GroupedRows:
    """A Parquet file in groups of about as many rows, whatever pieces they come in."""

    def __init__(self, target: Any, schema: pa.Schema) -> None:
        # Arrow's own threads would stand in the way of those that serve.
        pa.set_cpu_count(1)
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0
        self._writer = pq.ParquetWriter(
            target,
            schema,
            compression="zstd",
            use_dictionary=[
                name for name in schema.names if schema.field(name).type == pa.string()
            ],
            column_encoding={
                name: "DELTA_BINARY_PACKED"
                for name in ("start_utc", "millijoules")
                if name in schema.names
            },
        )

    def add(self, rows: pa.RecordBatch) -> None:
        """Write them, now or with more."""
        self._waiting.append(rows)
        self._rows += rows.num_rows
        if self._rows >= ROWS_OF_A_GROUP:
            self._write()

    def close(self) -> None:
        """Write the rest, and what makes a file of it."""
        if self._rows:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        table = pa.Table.from_batches(self._waiting, schema=self._schema)
        self._waiting, self._rows = [], 0
        self._writer.write_table(table, row_group_size=2 * ROWS_OF_A_GROUP)


class Pipe(io.RawIOBase):
    """A file that is taken away while it is written."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._written = 0

    def writable(self) -> bool:
        """Nothing else can be done with it."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._bytes += data
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        """How many were written in all."""
        return self._written

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken


class ParquetExportTable(ExportTable):
    """One file with all series in it."""

    def __init__(self) -> None:
        self._pipe = Pipe()
        self._rows = GroupedRows(self._pipe, SCHEMA)

    def head(self) -> bytes:
        return self._pipe.take()

    def rows(self, piece: Piece) -> bytes:
        self._rows.add(columns_of(piece))
        return self._pipe.take()

    def tail(self) -> bytes:
        self._rows.close()
        return self._pipe.take()
