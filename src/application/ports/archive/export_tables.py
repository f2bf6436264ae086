"""What writes exports."""

from typing import Protocol

from domain.archive.exchange.exports import ExportFormat, Piece


class ExportTable(Protocol):
    """Writes one table, from its head to its tail, and keeps little of it.

    Every method blocks; what each returns are the next bytes of the file, perhaps none.
    """

    def head(self) -> bytes:
        """What stands before the first row."""
        ...

    def rows(self, piece: Piece) -> bytes:
        """A row for each bucket."""
        ...

    def tail(self) -> bytes:
        """What stands after the last row; without it the file can't be read."""
        ...


class ExportTables(Protocol):
    """Makes tables of either format."""

    def __call__(self, export_format: ExportFormat, *, is_compressed: bool) -> ExportTable:
        """A new table; raises FormatUnavailable. Blocks at first.

        A compressed one is a gzip file; Parquet compresses by itself.
        """
        ...
