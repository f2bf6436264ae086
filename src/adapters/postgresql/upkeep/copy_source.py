"""The two files of an installation on SQLite, read in the order of their keys. Blocks."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Table, Uuid

from adapters.sql.archive.tables import metadata as archive
from adapters.sql.tables import metadata as accounts
from adapters.sqlite.archive.contents import check_archive
from adapters.sqlite.archive.file import HEAD as ARCHIVE_HEAD
from adapters.sqlite.contents import check_pages, check_tables, contents_of, opened
from adapters.sqlite.faults import told_of
from adapters.sqlite.migrate import HEAD

TABLES = (*accounts.sorted_tables, *archive.sorted_tables)
"""What others refer to comes before them."""

Row = tuple[Any, ...]


class SourceUnusable(Exception):
    """What can't be copied from; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as PostgreSQL takes them, and the key of the last to go on after."""

    rows: Sequence[Row]
    last_key: str


class CopySource:
    """Reads what stood there when it was opened, whoever writes meanwhile."""

    def __init__(self, database: sqlite3.Connection, archive_file: sqlite3.Connection) -> None:
        self._database = database
        self._archive = archive_file

    def batches(self, table: Table, *, after: str | None, most: int) -> Iterator[Batch]:
        """The rows of a table after a key that was told before, in the order of their keys."""
        keys = [column.name for column in table.primary_key]
        names = ", ".join(column.name for column in table.columns)
        marks = ", ".join("?" for _ in keys)
        order = ", ".join(keys)
        places = [list(table.columns.keys()).index(key) for key in keys]
        last = None if after is None else _key_of(after)
        while True:
            where = "" if last is None else f"WHERE ({order}) > ({marks})"
            found = self._of(table).execute(
                f"SELECT {names} FROM {table.name} {where} ORDER BY {order} LIMIT ?",  # noqa: S608
                (*(last or ()), most),
            )
            rows = found.fetchall()
            if not rows:
                return
            last = tuple(rows[-1][place] for place in places)
            yield Batch([_as_postgresql(table, row) for row in rows], _told(last))

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        query = f"SELECT count(*) FROM {table.name}"  # noqa: S608
        counted: int = self._of(table).execute(query).fetchone()[0]
        return counted

    def _of(self, table: Table) -> sqlite3.Connection:
        return self._archive if table.metadata is archive else self._database


@contextmanager
def copy_source(folder: Path) -> Iterator[CopySource]:
    """Both files of a folder, looked through and then read as they are; nothing is changed.

    Raises SourceUnusable, StorageUnusable or DatabaseTooNew.
    """
    files = folder / "gateway.sqlite3", folder / "archive.sqlite3"
    for file in files:
        with told_of(file):
            if not file.exists():
                raise SourceUnusable(f"There is no {file}; name the folder that was DATA_DIR.")
            _look_through(file, is_archive=file is files[1])
    with (
        told_of(folder),
        opened(files[0], changes_nothing=True) as database,
        opened(files[1], changes_nothing=True) as archive_file,
    ):
        for connection in (database, archive_file):
            connection.execute("BEGIN")
        yield CopySource(database, archive_file)


def _look_through(file: Path, *, is_archive: bool) -> None:
    if is_archive:
        is_newest = check_archive(file, changes_nothing=True).version == ARCHIVE_HEAD
    else:
        check_pages(file, changes_nothing=True)
        is_newest = contents_of(file, changes_nothing=True).version == HEAD
        if is_newest:
            check_tables(file, changes_nothing=True)
    if not is_newest:
        raise SourceUnusable(
            f"{file} is of an earlier version; bring it up to date first, without DATABASE_URL: "
            f"DATA_DIR={file.parent} emporia-api migrate"
        )


class Checksum:
    """Of rows in any order: each is hashed with all it holds, and the hashes are added up."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Take these in."""
        for row in rows:
            told = repr(tuple(map(_plain, row))).encode("utf-8", "surrogatepass")
            self._sum += int.from_bytes(hashlib.sha256(told).digest(), "big")
            self.rows += 1

    def told(self) -> str:
        """As text, which is the same for the same rows."""
        return f"{self._sum % 2**256:064x}"


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    return int(value) if isinstance(value, bool) else value


def _as_postgresql(table: Table, row: Row) -> Row:
    return tuple(
        _converted(column, value) for column, value in zip(table.columns, row, strict=True)
    )


def _converted(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Uuid):
        return UUID(hex=value)
    if isinstance(column.type, Boolean):
        return bool(value)
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _told(key: Row) -> str:
    return json.dumps([{"hex": part.hex()} if isinstance(part, bytes) else part for part in key])


def _key_of(told: str) -> Row:
    return tuple(
        bytes.fromhex(part["hex"]) if isinstance(part, dict) else part for part in json.loads(told)
    )
