"""What SQLite's errors mean, in a sentence that says what to do."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from adapters.sqlite.faults import StorageUnusable, told_of

FILE = Path("gateway.sqlite3")


def failure(name: str, text: str = "disk I/O error") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = getattr(sqlite3, name)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (failure("SQLITE_PROTOCOL"), "can't lock files as SQLite needs it (NFS often can't)"),
        (failure("SQLITE_IOERR_LOCK"), "can't lock files as SQLite needs it (NFS often can't)"),
        (failure("SQLITE_IOERR_SHMMAP"), "can't lock files as SQLite needs it (NFS often can't)"),
        (failure("SQLITE_IOERR_SHMSIZE"), "is full; make room on it."),
        (failure("SQLITE_IOERR_FSYNC"), "its disk or file system fails (SQLITE_IOERR_FSYNC)"),
        (failure("SQLITE_ERROR", "unsupported file format"), "is damaged; restore a backup"),
        (failure("SQLITE_ERROR", "no such table: users"), "lacks tables that were there"),
        (failure("SQLITE_AUTH"), "SQLite can't work with gateway.sqlite3 (SQLITE_AUTH)."),
        (OSError(errno.ENOSPC, ""), "The disk of gateway.sqlite3 is full"),
        (OSError(errno.EROFS, "", "the.lock"), "the.lock can't be written"),
    ],
    ids=str,
)
def test_what_the_storage_fails_at_is_a_sentence(error: Exception, says: str) -> None:
    with pytest.raises(StorageUnusable) as told, told_of(FILE):
        raise error

    assert says in str(told.value)


@pytest.mark.parametrize(
    "error",
    [
        failure("SQLITE_ERROR", "near SELECT: syntax error"),
        failure("SQLITE_CONSTRAINT"),
        sqlite3.ProgrammingError("closed"),
        OSError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)),
    ],
    ids=str,
)
def test_what_is_no_fault_of_the_storage_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as told, told_of(FILE):
        raise error

    assert told.value is error
