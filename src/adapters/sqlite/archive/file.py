"""The archive's own file: made, and brought up to date. Blocks."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from adapters.sql.archive.tables import metadata
from adapters.sqlite.engine import make_private
from adapters.sqlite.faults import StorageUnusable
from adapters.sqlite.migrate import DatabaseTooNew

HEAD = 1
PAGE_BYTES = 8192
"""A sample takes 0.42 byte so, 0.48 with SQLite's usual pages; set before the first table."""


def upgrade_archive(path: Path) -> None:
    """Create the file or bring it up to date, wholly or not at all.

    Steps are numbered by SQLite's own `user_version`. Raises DatabaseTooNew, and StorageUnusable
    for a file of something else.
    """
    make_private(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if _version(connection) == HEAD:
            return
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)  # another process may have been faster
        refuse_later_archive(path, version)
        if version < 1:
            if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise StorageUnusable(
                    f"{path} is no archive of this gateway; restore a backup with: "
                    "emporia-api restore FILE"
                )
            for statement in statements():
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {HEAD}")
        connection.execute("COMMIT")


def refuse_later_archive(path: Path, version: int) -> None:
    """Leave what this program can't know alone; raises DatabaseTooNew."""
    if version > HEAD:
        raise DatabaseTooNew(
            f"{path} was written by a later version of the gateway (its tables are of version "
            f"{version}, this program knows {HEAD}); run that version, or restore a backup."
        )


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def statements() -> list[str]:
    """What makes the tables of the first version, which are the newest."""
    dialect = sqlite.dialect()
    return [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
