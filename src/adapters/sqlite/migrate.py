"""Brings a database file up to date. Blocks: it is for a start-up, or a thread."""

import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.sqlite.engine import make_private
from adapters.sqlite.faults import lacks_table

HEAD = "0015"


class DatabaseTooNew(Exception):
    """The file was written by a later version of the gateway; the sentence says so."""


def upgrade(path: Path) -> None:
    """Create the file or bring it up to date, wholly or not at all.

    Costs next to nothing when there is nothing to do. Several processes may start at once.
    Raises DatabaseTooNew.
    """
    make_private(path)
    version = _version(path)
    if version == HEAD:
        return
    refuse_later_version(path, version)
    # Imported here since alembic is slow to import and a start seldom needs it.
    from adapters.sqlite.migrations import runner

    runner.upgrade(path, to=HEAD)


def refuse_later_version(path: Path, version: str | None) -> None:
    """Leave what this program can't know alone; raises DatabaseTooNew."""
    if version is not None and version > HEAD:
        raise DatabaseTooNew(
            f"{path} was written by a later version of the gateway (its tables are of version "
            f"{version}, this program knows {HEAD}); run that version, or restore a backup."
        )


def _version(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if not lacks_table(error):
                raise
            return None  # a new file
    return row[0] if row else None
