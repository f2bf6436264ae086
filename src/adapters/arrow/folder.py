"""Parquet files in folders by device, channel and month (UTC), as query engines know them."""

import os
from bisect import bisect_left
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pyarrow as pa

from adapters.arrow.columns import SCHEMA, columns_of
from adapters.arrow.parquet import GroupedRows
from domain.archive.exchange.exports import Piece
from domain.archive.spans import month_at

FILE = "data.parquet"
TOLD_BY_FOLDERS = ("device_gid", "channel")
RENAMED = {"device": "device_name"}
"""A column with a folder's name would stand in its way."""

COLUMNS = pa.schema(
    [
        (RENAMED.get(field.name, field.name), field.type)
        for field in SCHEMA
        if field.name not in TOLD_BY_FOLDERS
    ]
)


class ParquetFolder:
    """Files that nobody else may read, one open at a time: pieces come series by series, in order.

    Every method blocks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._file: IO[bytes] | None = None
        self._rows: GroupedRows | None = None

    def write(self, piece: Piece) -> None:
        """A row for each bucket, each in the month in which it begins."""
        rows = columns_of(piece).drop_columns(list(TOLD_BY_FOLDERS))
        rows = pa.RecordBatch.from_arrays(rows.columns, schema=COLUMNS)
        starts, first = piece.grid.starts, 0
        while first < len(starts):
            month, month_end = month_at(starts[first])
            after = bisect_left(starts, month_end)
            self._open(self._path_of(piece, month)).add(rows.slice(first, after - first))
            first = after

    def close(self) -> None:
        """End the last file."""
        if self._rows is not None and self._file is not None:
            self._rows.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        self._path = self._file = self._rows = None

    def _path_of(self, piece: Piece, month: int) -> Path:
        name = piece.series.name
        channel = quote(name.channel, safe=",")
        at = datetime.fromtimestamp(month, UTC)
        return (
            self._folder / f"device={name.gid}" / f"channel={channel}" / f"month={at:%Y-%m}" / FILE
        )

    def _open(self, path: Path) -> GroupedRows:
        if self._rows is None or path != self._path:
            self.close()
            for folder in reversed(path.relative_to(self._folder).parents[:-1]):
                (self._folder / folder).mkdir(mode=0o700, exist_ok=True)
            self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            self._path, self._rows = path, GroupedRows(self._file, COLUMNS)
        return self._rows
