"""CSV files as Emporia exports them, read line by line: none of them is ever in memory."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from application.ports.archive.import_files import ImportFile, ImportRows
from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.lines import Row

LONGEST_LINE_BYTES = 65_536
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DELIMITERS = ",;\t"
"""Spreadsheets of some countries write others than Emporia."""

_OPEN = "a quotation mark is not closed."


class CsvImportFile(ImportFile):
    """A file at a path, in UTF-8, with or without a byte order mark."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found = path.stat()

    @property
    def size(self) -> int:
        return self._found.st_size

    @contextmanager
    def open(self) -> Iterator[ImportRows]:
        with self._path.open("rb") as file:
            found = os.fstat(file.fileno())
            before = self._found
            if (found.st_size, found.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise ImportRefused("the file has changed while it was read.")
            yield CsvRows(file)


class CsvRows(ImportRows):
    """The rows of one reading; a row is one line."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._line = 0
        self._position = 0

    @property
    def position(self) -> int:
        return self._position

    def __iter__(self) -> Iterator[Row]:
        lines = self._lines()
        first = next(lines, None)
        if first is None:
            raise ImportRefused("the file is empty.")
        reader = csv.reader(chain([first], lines), delimiter=_delimiter(first), strict=True)
        for number in count(1):
            try:
                cells = next(reader, None)
            except csv.Error:
                reason = _OPEN if reader.line_num > number else "it can't be read as CSV."
                raise ImportRefused(reason, line=number) from None
            if cells is None:
                return
            if reader.line_num > number:
                raise ImportRefused(_OPEN, line=number)
            if any(cells):
                yield number, cells

    def _lines(self) -> Iterator[str]:
        while raw := self._file.readline(LONGEST_LINE_BYTES + 1):
            self._line += 1
            self._position += len(raw)
            if len(raw) > LONGEST_LINE_BYTES:
                raise ImportRefused(
                    f"the line is longer than {LONGEST_LINE_BYTES:,} bytes.", line=self._line
                )
            if self._line == 1:
                raw = raw.removeprefix(BYTE_ORDER_MARK)
            try:
                yield raw.decode("utf-8")
            except UnicodeDecodeError:
                raise ImportRefused("it is not in UTF-8.", line=self._line) from None


def _delimiter(first: str) -> str:
    """What follows the first column, which ends in a parenthesis."""
    after = first.partition(")")[2].lstrip('"')[:1]
    return after if after and after in DELIMITERS else ","
