"""Counts on their way to the file: one thread, one connection, and no more than SQLite itself."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from adapters.sqlite.engine import BUSY_TIMEOUT_MILLISECONDS, mode_of
from adapters.sqlite.guard import File, Guard

PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",
    "journal_mode = WAL",
    "synchronous = NORMAL",
)
"""A commit does not wait for the disk: a process that is killed loses nothing, a power cut does."""

COUNT = """
INSERT INTO request_slots (customer_gid, slot_start, requests) VALUES (?, ?, ?)
ON CONFLICT (customer_gid, slot_start) DO UPDATE SET requests = max(requests, excluded.requests)
"""
FORGET = "DELETE FROM request_slots WHERE customer_gid = ? AND slot_start < ?"


@dataclass(slots=True)
class Counts:
    """Requests by account and minute, and before which minute an account's are forgotten.

    Minutes are microseconds since 1970, as the tables have them.
    """

    requests: dict[tuple[int, int], int] = field(default_factory=dict)
    forget_before: dict[int, int] = field(default_factory=dict)

    def add(self, account: int, minute: int, requests: int) -> None:
        """Keep the highest count of a minute."""
        known = self.requests.get((account, minute), 0)
        self.requests[account, minute] = max(known, requests)


class CountsFile:
    """Writes counts in one commit. Blocks, and belongs to one thread at a time."""

    def __init__(self, path: Path, *, guard: Guard) -> None:
        self._path = path
        self._guard = guard
        self._opened: tuple[sqlite3.Connection, File] | None = None

    def write(self, counts: Counts) -> None:
        """Keep all of them or none; raises StorageUnavailable, or its StorageBusy."""
        try:
            with self._guard.telling():
                connection, file = self._opened or self._open()
                with connection:  # all or nothing
                    # The lock is taken at the start, so that nothing is done in vain.
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany(
                        COUNT, [(*of, requests) for of, requests in counts.requests.items()]
                    )
                    if counts.forget_before:
                        connection.executemany(FORGET, counts.forget_before.items())
                    self._guard.require_same(file)
        except BaseException:
            self.close()  # the next one finds out whether the file is well again
            raise

    def close(self) -> None:
        """Let the connection go."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened[0].close()

    def _open(self) -> tuple[sqlite3.Connection, File]:
        options = "&".join(
            f"{name}={value}" for name, value in mode_of(self._path, changes_nothing=False).items()
        )
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?{options}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            self._opened = connection, self._guard.file()
        except BaseException:
            connection.close()
            raise
        return self._opened
