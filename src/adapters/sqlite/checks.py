"""Looks at the database file and at the budgets that are kept in it."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_IMODE

from adapters.sql.tables import EPOCH, MICROSECOND
from adapters.sqlite.contents import Contents, check_pages, check_tables, contents_of, opened
from adapters.sqlite.faults import StorageUnusable, not_writable, told_of
from adapters.sqlite.migrate import HEAD, DatabaseTooNew, refuse_later_version
from adapters.sqlite.schema import check_schema
from application.ports.clock import Clock
from application.ports.operations.checks import Check
from domain.counted import counted
from domain.emporia.cloud.budget_shares import WINDOW
from domain.operations.findings import Finding, fine, note, wrong

MOST_AHEAD = timedelta(minutes=2)


class DatabaseCheck(Check):
    """Lets SQLite look through its file, and asks whether this program can work with it."""

    about = "database"

    def __init__(self, path: Path, *, refused: Callable[[Contents], str]) -> None:
        """`refused` says why a start would leave this alone; empty where it would not."""
        self._path = path
        self._refused = refused

    async def look(self) -> Sequence[Finding]:
        return [await asyncio.to_thread(self._look)]

    def _look(self) -> Finding:
        try:
            with told_of(self._path):
                if self._path.exists():
                    check_pages(self._path, changes_nothing=True)
                contents = contents_of(self._path, changes_nothing=True)
                if contents.version == HEAD:
                    check_tables(self._path, changes_nothing=True)
                refuse_later_version(self._path, contents.version)
                if contents.version is not None:
                    check_schema(self._path, contents.version, changes_nothing=True)
        except (StorageUnusable, DatabaseTooNew) as unusable:
            return wrong(self.about, str(unusable))
        if refusal := self._refused(contents):
            return wrong(self.about, refusal)
        if not self._path.exists():
            return fine(self.about, f"{self._path} is not there yet; the first start makes it")
        if not os.access(self._path, os.R_OK | os.W_OK):
            return wrong(self.about, str(not_writable(self._path)))
        mode = S_IMODE(self._path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            return note(
                self.about,
                f"others can read {self._path} (mode {mode:04o}); the next start closes it",
            )
        if contents.version != HEAD:
            return note(self.about, f"{self._path} is older; the next start brings it up to date")
        return fine(
            self.about,
            f"{self._path}, whole, {counted(contents.users, 'user')}, tables {contents.version}",
        )


class BudgetCheck(Check):
    """Looks whether any account's requests are used up, or counted in the future."""

    about = "budget"

    def __init__(
        self,
        spent: Callable[[datetime], tuple[Sequence[int], bool] | None],
        *,
        daily_requests: int,
        clock: Clock,
    ) -> None:
        """`spent` blocks: what accounts have spent up to now (UTC), and whether any is ahead."""
        self._spent = spent
        self._daily_requests = daily_requests
        self._allowed = counted(daily_requests, "request")
        self._clock = clock

    async def look(self) -> Sequence[Finding]:
        if self._daily_requests == 0:
            return [note(self.about, "no limit; Emporia asks for 2,000 requests a day at most")]
        try:
            found = await asyncio.to_thread(self._spent, self._clock.now())
        except (sqlite3.DatabaseError, StorageUnusable):
            return [wrong(self.about, "can't be told without the database")]
        if found is None:
            return [fine(self.about, f"nothing spent of {self._allowed} a day")]
        return [self._told(*found)]

    def _told(self, spent: Sequence[int], is_ahead: bool) -> Finding:
        if is_ahead:
            return wrong(
                self.about,
                "requests are counted in the future: the clock was ahead, or is behind now; "
                "set it right, and those counts go when their time is over.",
            )
        most = max(spent, default=0)
        if most >= self._daily_requests:
            return wrong(
                self.about,
                f"an account has spent all of its {self._allowed}; wait until "
                "older ones are a day old, or raise EMPORIA_DAILY_REQUESTS.",
            )
        left = self._daily_requests - most
        return fine(self.about, f"{left} of {self._allowed} left where fewest are")


def spent_in(path: Path, now: datetime) -> tuple[Sequence[int], bool] | None:
    """What accounts have spent in a file, and whether any is ahead; None without one. Blocks."""
    if not path.exists():
        return None
    since, latest = _stored(now - WINDOW), _stored(now + MOST_AHEAD)
    with opened(path, changes_nothing=True) as connection:
        rows = connection.execute(
            "SELECT sum(requests), max(slot_start) FROM request_slots "
            "WHERE slot_start > ? GROUP BY customer_gid",
            (since,),
        ).fetchall()
    return [spent for spent, _ in rows], any(newest > latest for _, newest in rows)


def _stored(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND
