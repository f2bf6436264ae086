"""Brings a database file up to date. Blocks: it is for a start-up, or a thread."""

import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.sqlite.engine import make_private

HEAD = "0003"


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
    if version is not None and version > HEAD:
        raise DatabaseTooNew(
            f"{path} was written by a later version of the gateway (its tables are of version "
            f"{version}, this program knows {HEAD}); run that version, or restore a backup."
        )
    # Imported here since alembic is slow to import and a start seldom needs it.
    from adapters.sqlite.migrations import runner

    runner.upgrade(path, to=HEAD)


def _version(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:  # there is no such table in a new file
            return None
    return row[0] if row else None
