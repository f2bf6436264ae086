"""Exports as CSV (RFC 4180), for spreadsheets and for everything else."""

import csv
import io
import zlib

from application.ports.archive.export_tables import ExportTable
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.exchange.exports import ExportedSeries, Piece
from domain.archive.exchange.instants import instant_texts
from domain.archive.told import NULLS, QUALITIES
from domain.spreadsheets import harmless

COLUMNS = (
    "device_gid",
    "device",
    "channel",
    "circuit",
    "start_utc",
    "start_local",
    "scale",
    "kwh",
    "quality",
)
END = "\r\n"
"""Python's writer quotes what ends lines, and nothing else that does elsewhere."""

GZIP = 16 + zlib.MAX_WBITS
GZIP_LEVEL = 3
"""Three times as fast as the usual, for a tenth more."""

IS_NULL = tuple(quality in NULLS for quality in QUALITIES)
TEXTS = tuple(quality.value for quality in QUALITIES)


class CsvExportTable(ExportTable):
    """Lines end as the RFC has them; what is unknown is empty."""

    def __init__(self, *, is_compressed: bool) -> None:
        self._gzip = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP) if is_compressed else None

    def head(self) -> bytes:
        return self._coded(",".join(COLUMNS) + END)

    def rows(self, piece: Piece) -> bytes:
        name, scale = _named(piece.series), piece.grid.scale.value
        told = piece.told
        instants = instant_texts(piece.grid.starts, piece.series.location.zone)
        return self._coded(
            "".join(
                [
                    f"{name}{utc},{local},{scale},"
                    f"{'' if IS_NULL[quality] else millijoules / MILLIJOULES_PER_KWH},"
                    f"{TEXTS[quality]}{END}"
                    for (utc, local), millijoules, quality in zip(
                        instants, told.millijoules, told.qualities, strict=True
                    )
                ]
            )
        )

    def tail(self) -> bytes:
        return b"" if self._gzip is None else self._gzip.flush()

    def _coded(self, text: str) -> bytes:
        lines = text.encode("utf-8", "replace")
        return lines if self._gzip is None else self._gzip.compress(lines)


def _named(series: ExportedSeries) -> str:
    """The columns that are the same in all lines of a series, with the comma after them."""
    line = io.StringIO()
    texts = (series.device, series.name.channel, series.circuit)
    device, channel, circuit = (harmless(text or "") for text in texts)
    csv.writer(line, lineterminator=END).writerow((series.name.gid, device, channel, circuit))
    return line.getvalue().removesuffix(END) + ","
