"""What SQLite's errors mean: whether the storage is broken, and what to do about it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

_OURS = {
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_RANGE,
    sqlite3.SQLITE_TOOBIG,
}
"""Errors of whoever asked, not of the file."""

_RESTORE = "restore a backup with: emporia-api restore FILE"

_SENTENCES = {
    sqlite3.SQLITE_NOTADB: f"{{file}} is no SQLite database; {_RESTORE}",
    sqlite3.SQLITE_CORRUPT: f"{{file}} is damaged; {_RESTORE}",
    sqlite3.SQLITE_ERROR: f"{{file}} lacks tables that were there; {_RESTORE}",
    sqlite3.SQLITE_BUSY: "{file} is locked by another program; end it and try again.",
    sqlite3.SQLITE_LOCKED: "{file} is locked by another program; end it and try again.",
    sqlite3.SQLITE_READONLY: (
        "{file} can't be written; let this user write the file and its folder, on a file system "
        "that is not mounted read-only."
    ),
    sqlite3.SQLITE_FULL: "The disk of {file} is full; make room on it.",
    sqlite3.SQLITE_CANTOPEN: (
        "{file} can't be opened; let this user read and write the file and its folder."
    ),
    sqlite3.SQLITE_PERM: (
        "{file} can't be opened; let this user read and write the file and its folder."
    ),
    sqlite3.SQLITE_PROTOCOL: (
        "The file system of {file} can't lock files as SQLite needs it (NFS often can't); "
        "set DATA_DIR to a folder on a local disk."
    ),
    sqlite3.SQLITE_IOERR: (
        "{file} can't be read or written, for its disk or file system fails ({name}); "
        "look into the system's log."
    ),
}

_TOLD_AS = {
    sqlite3.SQLITE_IOERR_SHMSIZE: sqlite3.SQLITE_FULL,
    **dict.fromkeys(
        (
            sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
            sqlite3.SQLITE_IOERR_LOCK,
            sqlite3.SQLITE_IOERR_RDLOCK,
            sqlite3.SQLITE_IOERR_SHMLOCK,
            sqlite3.SQLITE_IOERR_SHMMAP,
            sqlite3.SQLITE_IOERR_SHMOPEN,
            sqlite3.SQLITE_IOERR_UNLOCK,
        ),
        sqlite3.SQLITE_PROTOCOL,
    ),
}
"""Errors of input and output that mean something else: no room, or a file system without locks."""

_OTHER_FORMAT = "unsupported file format"
"""How SQLite words a header that is damaged in some of its bytes; it has no code of its own."""

_ERRORS_OF_THE_SYSTEM = {
    errno.EACCES: sqlite3.SQLITE_CANTOPEN,
    errno.EPERM: sqlite3.SQLITE_CANTOPEN,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EIO: sqlite3.SQLITE_IOERR,
}


class StorageUnusable(Exception):
    """The database can't be worked with; the sentence says why and what to do."""


def is_of_storage(error: BaseException | None) -> bool:
    """Whether the file, its disk or another program is to blame for an error of SQLite."""
    return isinstance(error, sqlite3.DatabaseError) and _kind(error) is not None


def lacks_table(error: BaseException) -> bool:
    """Whether a table is missing."""
    return str(error).startswith("no such table")


def is_locked(error: BaseException | None) -> bool:
    """Whether another connection held the lock for too long."""
    return isinstance(error, sqlite3.OperationalError) and _kind(error) in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }


def name_of(error: BaseException) -> str:
    """SQLite's own name for what happened, such as SQLITE_CORRUPT."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn what fails on this file into StorageUnusable, where the storage is to blame."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if cause is None or not is_of_storage(cause):
            raise
        raise StorageUnusable(_sentence(path, cause)) from None
    except OSError as error:
        code = _ERRORS_OF_THE_SYSTEM.get(error.errno or 0)
        if code is None:
            raise
        name = errno.errorcode[error.errno or 0]
        about = error.filename or path  # a system's error knows better which file it is about
        raise StorageUnusable(_SENTENCES[code].format(file=about, name=name)) from None


def damaged(path: Path) -> StorageUnusable:
    """A file whose pages do not fit together."""
    return StorageUnusable(_SENTENCES[sqlite3.SQLITE_CORRUPT].format(file=path))


def lacking(path: Path) -> StorageUnusable:
    """A file without tables or columns that every gateway makes."""
    return StorageUnusable(f"{path} lacks tables or columns that were there; {_RESTORE}")


def not_writable(path: Path) -> StorageUnusable:
    """A file that can be read alone."""
    return StorageUnusable(_SENTENCES[sqlite3.SQLITE_READONLY].format(file=path))


def _sentence(path: Path, error: BaseException) -> str:
    sentence = _SENTENCES.get(_kind(error) or 0, "SQLite can't work with {file} ({name}).")
    return sentence.format(file=path, name=name_of(error))


def _kind(error: BaseException) -> int | None:
    """The primary code of what fails at the storage; None where the storage is not to blame."""
    extended: int | None = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    primary = extended & 0xFF  # the rest is in the upper bits
    if primary == sqlite3.SQLITE_ERROR:
        if str(error) == _OTHER_FORMAT:
            return sqlite3.SQLITE_CORRUPT
        return primary if lacks_table(error) else None
    return None if primary in _OURS else _TOLD_AS.get(extended, primary)
