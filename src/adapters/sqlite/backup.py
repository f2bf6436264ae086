"""Consistent copies of the database, taken beside a running gateway. Blocks."""

import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.sqlite.contents import check_pages, opened
from adapters.sqlite.faults import StorageUnusable, damaged, told_of
from adapters.system.private_files import put_in_place


def copy(database: Path, to: Path) -> None:
    """Copy into a file that is there and empty; raises StorageUnusable."""
    with told_of(database), opened(database) as source:
        source.execute("SELECT 1 FROM sqlite_master").fetchone()
        # From here on it is the copy that finds no room.
        with told_of(to), closing(sqlite3.connect(to)) as target:
            # In one step: one of several begins anew with every write of the gateway, and never
            # ends.
            source.backup(target, pages=-1)
            # Complete by itself, without a write-ahead log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
    try:
        with told_of(to):
            check_pages(to)
    except StorageUnusable:
        raise damaged(database) from None


def replace(database: Path, by: Path) -> None:
    """Put another database in the place of this one, whose write-ahead log goes first.

    A log that stayed would be read into the new file. What it held is written back before, as far
    as it can be, so that until the very end the old database is whole.
    """
    if database.exists():
        try:
            with opened(database) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            pass  # it is to be replaced because it is broken
    for companion in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + companion).unlink(missing_ok=True)
    put_in_place(by, database)
