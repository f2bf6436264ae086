"""Connections to the database file."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry, PoolProxiedConnection

from adapters.sqlite.connection_threads import ConnectionThreads
from adapters.sqlite.guard import Guard
from adapters.sqlite.own_commits import OwnCommits
from domain.errors import StorageBusy

BUSY_TIMEOUT_MILLISECONDS = 2000
POOL_TIMEOUT_SECONDS = 2.0
"""How long a request waits for another program's write, and before that for a connection."""

PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
)
"""Wait for another writer, before anything else is tried; read while somebody writes; lose
nothing when the power is cut; let rows go with their user; overwrite what is erased."""

_HASTY = "hasty"
_SYNCHRONOUS = "synchronous"

logger = logging.getLogger(__name__)

# SQLAlchemy names a pool's logger after its class: as one of ours it would tell of every stop that
# connections are disposed of and made anew.
logging.getLogger(f"{__name__}.ImpatientPool").setLevel(logging.WARNING)


class ImpatientPool(AsyncAdaptedQueuePool):
    """Says in our own words that every connection waits for the same lock."""

    # What it logs is SQLAlchemy's: below a warning nobody wants it.
    _sqla_logger_namespace = f"sqlalchemy.pool.{AsyncAdaptedQueuePool.__name__}"

    def connect(self) -> PoolProxiedConnection:
        """A connection; raises StorageBusy where none gets free in time."""
        try:
            return super().connect()
        except NoConnectionFree as error:
            raise StorageBusy from error


class SqliteEngine(AsyncEngine):
    """Connections to one file, and what is known of it beside them.

    It is disposed of with the threads of its connections.
    """

    def __init__(self, engine: Engine, *, threads: ConnectionThreads, guard: Guard) -> None:
        super().__init__(engine)
        self._threads = threads
        self.guard = guard
        self.own_commits = OwnCommits()
        self.own_commits.watch(engine)

    async def dispose(self, close: bool = True) -> None:
        """Close every connection; none of its threads is left."""
        await super().dispose(close)
        await self._threads.end()


READING_PRAGMAS = (f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}", "query_only = ON")


def open_engine(path: Path, *, changes_nothing: bool = False) -> SqliteEngine:
    """Connections to this file, opened when they are needed; the caller disposes of the engine.

    What the storage fails at arrives as StorageUnavailable, a lock as its StorageBusy.
    """
    if not changes_nothing:
        make_private(path)
    threads = ConnectionThreads()
    engine = create_async_engine(
        URL.create(
            "sqlite+aiosqlite",
            database=path.absolute().as_uri(),
            query={**mode_of(path, changes_nothing=changes_nothing), "uri": "true"},
        ),
        hide_parameters=True,  # else an error's text quotes emails and hashes into the log
        poolclass=ImpatientPool,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        connect_args={"async_creator_fn": threads.open},
    )
    guard = Guard(path)
    guard.watch(engine.sync_engine)
    pragmas = READING_PRAGMAS if changes_nothing else PRAGMAS
    event.listen(engine.sync_engine, "connect", partial(_configure, pragmas=pragmas))
    event.listen(engine.sync_engine, "before_cursor_execute", _be_as_durable_as_asked)
    return SqliteEngine(engine.sync_engine, threads=threads, guard=guard)


def mode_of(path: Path, *, changes_nothing: bool) -> dict[str, str]:
    """How a file that is there already is opened: where it vanishes, none takes its place.

    One that changes nothing works on a read-only file system too, and leaves no file behind.
    """
    if not changes_nothing:
        return {"mode": "rw"}
    # Without a log nobody is at work there; SQLite would make one even to read.
    has_log = path.with_name(f"{path.name}-wal").exists()
    return {"mode": "ro"} if has_log else {"mode": "ro", "immutable": "1"}


def hasty(engine: AsyncEngine) -> AsyncEngine:
    """The same connections for what need not outlive a power cut.

    A commit then costs a twentieth, for it does not wait for the disk; a process that is killed
    loses nothing either way. Whoever uses it sees to it that the disk has it soon.
    """
    return engine.execution_options(**{_HASTY: True})


def make_private(path: Path) -> None:
    """Create the file and its folder where they lack, and close the file to other users.

    SQLite gives the files that it puts beside the database the same mode. Where another user owns
    the file, or the file system knows no modes, that is logged.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        try:
            path.chmod(0o600)
        except OSError:
            logger.warning("other users may be able to read %s: its mode can't be changed", path)


def _configure(
    connection: SqliteConnection, entry: ConnectionPoolEntry, *, pragmas: Sequence[str]
) -> None:
    cursor = connection.cursor()
    try:
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
    except BaseException:
        cursor.close()
        connection.close()  # nobody else will, for the pool never gets it
        raise
    cursor.close()
    entry.info[_SYNCHRONOUS] = "FULL"


def _be_as_durable_as_asked(
    connection: Connection,
    _cursor: object,
    _statement: str,
    _parameters: Any,
    context: DefaultExecutionContext | None,
    _executemany: bool,
) -> None:
    """Set how a commit is written before the first change: within a transaction it can't be."""
    if context is None or not (context.isinsert or context.isupdate or context.isdelete):
        return
    wanted = "NORMAL" if connection.get_execution_options().get(_HASTY) else "FULL"
    if connection.info[_SYNCHRONOUS] != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous = {wanted}")
        connection.info[_SYNCHRONOUS] = wanted
