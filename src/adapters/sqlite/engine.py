"""Connections to the database file."""

from pathlib import Path
from sqlite3 import Connection

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MILLISECONDS = 5000
PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "secure_delete = ON",
)
"""Wait for another writer, before anything else is tried; read while somebody writes; lose
nothing when the process is killed; let rows go with their user; overwrite what is erased."""


def open_engine(path: Path) -> AsyncEngine:
    """Connections to this file, opened when they are needed; the caller disposes of the engine."""
    make_private(path)
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        hide_parameters=True,  # else an error's text quotes emails and hashes into the log
    )
    event.listen(engine.sync_engine, "connect", _configure)
    return engine


def make_private(path: Path) -> None:
    """Create the file and its folder where they lack, and close the file to other users.

    SQLite gives the files that it puts beside the database the same mode.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _configure(connection: Connection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
