"""Files that somebody wants taken in, on the disk and line by line."""

from collections.abc import AsyncIterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from domain.archive.exchange.imports.lines import Row

Kept = TypeVar("Kept")


class ImportRows(Protocol):
    """The rows of an open file, from the first to the last. Blocks."""

    @property
    def position(self) -> int:
        """How many bytes were read."""
        ...

    def __iter__(self) -> Iterator[Row]:
        """Rows that hold anything; raises ImportRefused for a line that can't be read."""
        ...


class ImportFile(Protocol):
    """A file of lines, which can be read again and again, and stays the same meanwhile."""

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    def open(self) -> AbstractContextManager[ImportRows]:
        """Read it from its beginning; raises ImportRefused where it can't be read. Blocks."""
        ...


class UploadedFiles(Protocol[Kept]):
    """Keeps what is sent for as long as it is read, as what reads it; nobody else can."""

    async def keep(self, parts: AsyncIterable[bytes], *, expected: int | None) -> Kept:
        """Write down all parts; `expected` is how many bytes will come, as far as that is known.

        Raises StorageUnavailable where there is no room, and what the parts raise; then nothing
        stays.
        """
        ...

    async def drop(self, file: Kept) -> None:
        """Delete it."""
        ...

    async def clear(self) -> None:
        """Delete all that an earlier process has left."""
        ...
