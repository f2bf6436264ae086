"""Files that are sent to be taken in, in memory."""

import csv
import io
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from application.ports.archive.import_files import ImportFile, ImportRows, UploadedFiles
from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.lines import Row
from domain.errors import StorageUnavailable


@dataclass(eq=False, slots=True)
class TextImportFile(ImportFile):
    """A file of this text; `readings` counts how often it was opened."""

    text: str
    readings: int = 0

    @property
    def size(self) -> int:
        """See the port."""
        return len(self.text.encode())

    @contextmanager
    def open(self) -> Iterator[ImportRows]:
        """See the port."""
        self.readings += 1
        yield TextRows(self.text)


@dataclass(eq=False, slots=True)
class TextRows(ImportRows):
    """The rows of one reading."""

    text: str
    position: int = 0

    def __iter__(self) -> Iterator[Row]:
        """See the port."""
        lines = io.StringIO(self.text, newline="")
        for number, cells in enumerate(csv.reader(lines), start=1):
            self.position = lines.tell()
            if cells:
                yield number, cells
        if not self.text:
            raise ImportRefused("the file is empty.")


@dataclass(slots=True)
class InMemoryUploadedFiles(UploadedFiles[ImportFile]):
    """Keeps texts; `room` is how many bytes there may be, `left` what an earlier process left."""

    room: int = 1_000_000_000
    left: list[str] = field(default_factory=list)
    kept: list[ImportFile] = field(default_factory=list)

    async def keep(self, parts: AsyncIterable[bytes], *, expected: int | None) -> ImportFile:
        """See the port."""
        body = bytearray()
        if (expected or 0) > self.room:
            raise StorageUnavailable
        async for part in parts:
            body += part
            if len(body) > self.room:
                raise StorageUnavailable
        file = TextImportFile(body.decode())
        self.kept.append(file)
        return file

    async def drop(self, file: ImportFile) -> None:
        """See the port."""
        self.kept.remove(file)

    async def clear(self) -> None:
        """See the port."""
        self.left.clear()
