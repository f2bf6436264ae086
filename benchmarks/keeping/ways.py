"""Ways to keep samples: each takes the same figures in, and answers the same two questions."""

import sqlite3
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from adapters.pcodec.chunk_codec import PcodecChunkCodec
from adapters.sqlite.archive.file import upgrade_archive
from benchmarks.keeping.home import Samples
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.hours import SCALE_OF, SOURCES, hours_of, part_seconds
from domain.archive.months import Month, Timeline
from domain.archive.recording.reading import Reading
from domain.archive.sealed import SealedChunk
from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS, SECONDS, month_at, span_at
from domain.emporia.usage import Scale

READ_AT = 4_000_000_000
"""Long after, in seconds since 1970: every bucket is final."""

CHUNK = "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
MONTH = "INSERT OR REPLACE INTO months VALUES (?, ?, ?)"


class Way(Protocol):
    """One way, in an empty folder of its own."""

    name: str

    def take_in(self, scale: Scale, series: Sequence[Samples]) -> None:
        """Keep all of these in one transaction."""
        ...

    def bytes_on_disk(self) -> int:
        """What is taken on disk, everything included."""
        ...

    def day_of(self, scale: Scale, series: Samples, start: int) -> Sequence[float]:
        """A day's samples of a series, in kWh."""
        ...

    def days_of_year(self, series: Samples) -> Sequence[float]:
        """A year's days of a series (UTC), in kWh, of the hours that were taken in."""
        ...


class Archive(Way):
    """The gateway's own: chunks by pcodec and hours by month, in a file of SQLite."""

    name = "archive"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "archive.sqlite3"
        upgrade_archive(self._path)
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._codec = PcodecChunkCodec()

    def take_in(self, scale: Scale, series: Sequence[Samples]) -> None:
        self._connection.execute("BEGIN")
        for number, each in enumerate(series):
            self._connection.execute(
                "INSERT OR IGNORE INTO series (id, customer_gid, gid, channel) VALUES (?, 1, ?, ?)",
                (number, each.gid, each.channel),
            )
            self._take_in(number, scale, each)
        self._connection.execute("COMMIT")

    def _take_in(self, number: int, scale: Scale, samples: Samples) -> None:
        codec, rows = self._codec, []
        months: dict[int, Month] = {}
        figures = codec.figures(samples.usages)
        reading = Reading(scale=scale, start=samples.start, figures=figures, read_at=READ_AT)
        for chunk in reading.chunks():
            at = month_at(chunk.span.start)[0]
            month = months.get(at) or months.setdefault(at, Month.empty(at))
            month.take(dict(hours_of(chunk, codec.parts(chunk, part_seconds(scale)))), scale)
            sealed = codec.seal(chunk)
            figures_beside = (
                sealed.asked, sealed.known, sealed.total, sealed.least, sealed.greatest,
                sealed.checksum,
            )  # fmt: skip
            key = (number, SOURCES[scale], sealed.span.start)
            rows.append((*key, *figures_beside, sealed.runs, sealed.data))
        self._connection.executemany(CHUNK, rows)
        sealed_months = [(number, at, codec.seal_month(month)) for at, month in months.items()]
        self._connection.executemany(MONTH, sealed_months)

    def bytes_on_disk(self) -> int:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._path.stat().st_size

    def day_of(self, scale: Scale, series: Samples, start: int) -> Sequence[float]:
        rows = self._connection.execute(
            "SELECT chunks.* FROM chunks JOIN series ON series.id = series_id WHERE gid = ? "
            "AND channel = ? AND scale = ? AND start_at >= ? AND start_at < ? ORDER BY start_at",
            (series.gid, series.channel, SOURCES[scale], start, start + DAY_SECONDS),
        )
        values = array("q")
        for row in rows:
            values += self._codec.open(_sealed(row)).millijoules
        return [value / MILLIJOULES_PER_KWH for value in values]

    def days_of_year(self, series: Samples) -> Sequence[float]:
        rows = self._connection.execute(
            "SELECT start_at, data FROM months JOIN series ON series.id = series_id "
            "WHERE gid = ? AND channel = ? ORDER BY start_at",
            (series.gid, series.channel),
        )
        timeline = Timeline([self._codec.open_month(at, data) for at, data in rows])
        days = range(series.start, series.start + 365 * DAY_SECONDS, DAY_SECONDS)
        totals = (timeline.total(start, start + DAY_SECONDS) for start in days)
        return [total.millijoules / MILLIJOULES_PER_KWH for total in totals]


def _sealed(row: tuple[int | bytes, ...]) -> SealedChunk:
    _, scale, start, asked, known, total, least, greatest, checksum, runs, data = row
    return SealedChunk(
        span=span_at(SCALE_OF[int(scale)], int(start)),
        asked=int(asked),
        known=int(known),
        total=int(total),
        least=int(least),
        greatest=int(greatest),
        checksum=int(checksum),
        runs=bytes(runs),
        data=bytes(data),
    )


class Rows(Way):
    """A row a sample, as most hobby projects do it."""

    name = "SQLite rows"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "rows.sqlite3"
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE TABLE samples (series INTEGER, scale INTEGER, at INTEGER, kwh REAL, "
            "quality INTEGER, PRIMARY KEY (series, scale, at)) WITHOUT ROWID"
        )

    def take_in(self, scale: Scale, series: Sequence[Samples]) -> None:
        width, number = SECONDS[scale], SOURCES[scale]
        self._connection.execute("BEGIN")
        for each in series:
            starts = range(each.start, each.start + len(each.usages) * width, width)
            self._connection.executemany(
                "INSERT INTO samples VALUES (?, ?, ?, ?, 1)",
                (
                    (each.number, number, at, usage)
                    for at, usage in zip(starts, each.usages, strict=True)
                ),
            )
        self._connection.execute("COMMIT")

    def bytes_on_disk(self) -> int:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._path.stat().st_size

    def day_of(self, scale: Scale, series: Samples, start: int) -> Sequence[float]:
        found = self._connection.execute(
            "SELECT kwh FROM samples WHERE series = ? AND scale = ? AND at >= ? AND at < ? "
            "ORDER BY at",
            (series.number, SOURCES[scale], start, start + DAY_SECONDS),
        )
        return [kwh for (kwh,) in found]

    def days_of_year(self, series: Samples) -> Sequence[float]:
        found = self._connection.execute(
            "SELECT sum(kwh) FROM samples WHERE series = ? AND scale = ? GROUP BY at / 86400 "
            "ORDER BY at / 86400",
            (series.number, SOURCES[Scale.HOUR]),
        )
        return [kwh for (kwh,) in found]


class Zstd(Way):
    """Chunks as the archive's, of 32-bit floats packed by zstd: a common design elsewhere."""

    name = "float32 + zstd"

    def __init__(self, folder: Path) -> None:
        import pyarrow as pa

        self._codec = pa.Codec("zstd", compression_level=3)
        self._path = folder / "zstd.sqlite3"
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.execute("PRAGMA page_size = 8192")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE TABLE chunks (series INTEGER, scale INTEGER, at INTEGER, count INTEGER, "
            "data BLOB, PRIMARY KEY (series, scale, at))"
        )

    def take_in(self, scale: Scale, series: Sequence[Samples]) -> None:
        width = SECONDS[scale]
        self._connection.execute("BEGIN")
        for each in series:
            values = np.array(each.usages, dtype=np.float32)
            at, end = each.start, each.start + len(values) * width
            while at < end:
                after = min(end, span_at(scale, at).end)
                part = values[(at - each.start) // width : (after - each.start) // width]
                packed = self._codec.compress(part.tobytes(), asbytes=True)
                self._connection.execute(
                    "INSERT INTO chunks VALUES (?, ?, ?, ?, ?)",
                    (each.number, SOURCES[scale], at, len(part), packed),
                )
                at = after
        self._connection.execute("COMMIT")

    def bytes_on_disk(self) -> int:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._path.stat().st_size

    def day_of(self, scale: Scale, series: Samples, start: int) -> Sequence[float]:
        return self._values(scale, series, start, start + DAY_SECONDS)

    def days_of_year(self, series: Samples) -> Sequence[float]:
        hours = self._values(Scale.HOUR, series, series.start, series.start + 366 * DAY_SECONDS)
        return [sum(hours[at : at + 24]) for at in range(0, 365 * 24, 24)]

    def _values(self, scale: Scale, series: Samples, start: int, end: int) -> list[float]:
        found = self._connection.execute(
            "SELECT count, data FROM chunks WHERE series = ? AND scale = ? AND at >= ? AND at < ? "
            "ORDER BY at",
            (series.number, SOURCES[scale], start, end),
        )
        values: list[float] = []
        for count, data in found:
            plain = self._codec.decompress(data, 4 * count, asbytes=True)
            values += np.frombuffer(plain, dtype=np.float32).tolist()
        return values


class Parquet(Way):
    """DuckDB over Parquet files, one a series and scale."""

    name = "DuckDB, Parquet"

    def __init__(self, folder: Path) -> None:
        import duckdb

        self._folder = folder
        self._duckdb = duckdb.connect(config={"threads": 1})

    def take_in(self, scale: Scale, series: Sequence[Samples]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        width = SECONDS[scale]
        for each in series:
            count = len(each.usages)
            table = pa.table(
                {
                    "start": np.arange(each.start, each.start + count * width, width),
                    "kwh": np.array(each.usages),
                    "quality": np.ones(count, dtype=np.int8),
                }
            )
            pq.write_table(
                table,
                self._file(scale, each),
                compression="zstd",
                use_dictionary=["quality"],
                column_encoding={"start": "DELTA_BINARY_PACKED"},
            )

    def bytes_on_disk(self) -> int:
        return sum(path.stat().st_size for path in self._folder.glob("*.parquet"))

    def day_of(self, scale: Scale, series: Samples, start: int) -> Sequence[float]:
        found = self._duckdb.execute(
            "SELECT kwh FROM read_parquet(?) WHERE start >= ? AND start < ? ORDER BY start",
            [str(self._file(scale, series)), start, start + DAY_SECONDS],
        )
        return [kwh for (kwh,) in found.fetchall()]

    def days_of_year(self, series: Samples) -> Sequence[float]:
        found = self._duckdb.execute(
            "SELECT sum(kwh) FROM read_parquet(?) GROUP BY start // 86400 ORDER BY start // 86400",
            [str(self._file(Scale.HOUR, series))],
        )
        return [kwh for (kwh,) in found.fetchall()]

    def _file(self, scale: Scale, series: Samples) -> Path:
        return self._folder / f"{series.number}-{scale.value}.parquet"


WAYS = (Archive, Rows, Zstd, Parquet)
HOURS_OF_YEAR = 365 * DAY_SECONDS // HOUR_SECONDS
