"""What an engine does about its file: it notices when the file is gone, and tells what breaks."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.sqlite.faults import is_locked, is_of_storage, name_of
from domain.errors import StorageBusy, StorageUnavailable

REST_SECONDS = 600.0
"""A fault that comes back after so long is worth another line in the log."""

MOVED = "the file is gone or was replaced"
_FILE = "file"

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

    def _note_file(self, connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
        file = entry.info[_FILE] = self._file()
        if file is None:  # it vanished since it was opened a moment ago
            connection.close()
            self._log(MOVED)
            raise StorageUnavailable

    def _compare_file(self, connection: Connection) -> None:
        """Commit nothing to a file that nobody will find again; raises StorageUnavailable."""
        if connection.info[_FILE] != self._file():
            self._log(MOVED)
            raise StorageUnavailable

    def _file(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _fold(self, context: ExceptionContext) -> BaseException | None:
        error = context.original_exception
        if not is_of_storage(error):
            return None
        self._log(name_of(error))
        return StorageBusy() if is_locked(error) else StorageUnavailable()

    def _log(self, fault: str) -> None:
        """Tell a fault when it begins, not with every request that meets it."""
        now, last = self._time(), self._seen.get(fault)
        self._seen[fault] = now
        if last is None or now - last > REST_SECONDS:
            logger.error("the database %s fails: %s", self._path, fault)
