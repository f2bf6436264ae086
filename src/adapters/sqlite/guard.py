"""What an engine does about its file: it notices when the file is gone, and tells what breaks."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import NewType

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.sqlite.faults import is_locked, is_of_storage, name_of
from domain.errors import StorageBusy, StorageUnavailable

REST_SECONDS = 600.0
"""A fault that comes back after so long is worth another line in the log."""

MOVED = "the file is gone or was replaced"
_FILE = "file"

File = NewType("File", tuple[int, int])
"""Its device and its number there: another file at the same path has others."""

logger = logging.getLogger(__name__)


class Guard:
    """Listens to an engine; what its storage fails at is told as StorageUnavailable."""

    def __init__(self, path: Path, *, time: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._time = time
        self._seen: dict[str, float] = {}

    def watch(self, engine: Engine) -> None:
        """Look after all that goes through this engine."""
        event.listen(engine, "connect", self._note_file)
        event.listen(engine, "commit", self._compare_file)
        event.listen(engine, "handle_error", self._fold)

    def file(self) -> File:
        """Which file is at the path; raises StorageUnavailable where there is none."""
        try:
            found = self._path.stat()
        except OSError:
            self._log(MOVED)
            raise StorageUnavailable from None
        return File((found.st_dev, found.st_ino))

    def require_same(self, file: File) -> None:
        """Commit nothing to a file that nobody will find again; raises StorageUnavailable."""
        if file != self.file():
            self._log(MOVED)
            raise StorageUnavailable

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Do the same for a connection that is not the engine's."""
        try:
            yield
        except sqlite3.Error as error:
            failure = self._told(error)
            if failure is None:
                raise
            raise failure from error

    def _note_file(self, connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
        try:
            entry.info[_FILE] = self.file()
        except StorageUnavailable:  # it vanished since it was opened a moment ago
            connection.close()
            raise

    def _compare_file(self, connection: Connection) -> None:
        self.require_same(connection.info[_FILE])

    def _fold(self, context: ExceptionContext) -> BaseException | None:
        return self._told(context.original_exception)

    def _told(self, error: BaseException | None) -> StorageUnavailable | None:
        if error is None or not is_of_storage(error):
            return None
        self._log(name_of(error))
        return StorageBusy() if is_locked(error) else StorageUnavailable()

    def _log(self, fault: str) -> None:
        """Tell a fault when it begins, not with every request that meets it."""
        now, last = self._time(), self._seen.get(fault)
        self._seen[fault] = now
        if last is None or now - last > REST_SECONDS:
            logger.error("the database %s fails: %s", self._path, fault)
