"""Looks at the database server, and at what is kept there."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql.engine import shown
from adapters.postgresql.migrate import HEAD, at_once, refuse_newer
from adapters.postgresql.tables import request_slots
from adapters.postgresql.upkeep.contents import archive_contents_of, contents_of, lacking, sealed
from adapters.security.keys_check import Sealed
from adapters.sql.archive.tables import chunks
from adapters.sql.tables import emporia_links
from adapters.sqlite.contents import Contents
from adapters.sqlite.faults import StorageUnusable
from adapters.sqlite.migrate import DatabaseTooNew
from application.ports.operations.checks import Check
from domain.archive.chunks import Run
from domain.counted import counted
from domain.emporia.cloud.budget_shares import WINDOW
from domain.instants import format_instant
from domain.operations.findings import Finding, fine, note, wrong

MOST_AHEAD = timedelta(minutes=2)


class PostgresDatabaseCheck(Check):
    """Asks the server, and whether this program can work with what is there."""

    about = "database"

    def __init__(self, url: str, *, refused: Callable[[Contents], str]) -> None:
        """`refused` says why a start would leave this alone; empty where it would not."""
        self._url = url
        self._refused = refused

    async def look(self) -> Sequence[Finding]:
        return [await asyncio.to_thread(self._look)]

    def _look(self) -> Finding:
        where = shown(self._url)
        try:
            contents, lack = at_once(self._url, _looked_through)
            refuse_newer(contents.version)
        except (StorageUnusable, DatabaseTooNew) as unusable:
            return wrong(self.about, str(unusable))
        if refusal := self._refused(contents):
            return wrong(self.about, refusal)
        if lack:
            return wrong(self.about, f"{where} lacks {lack}; restore it from a backup.")
        if contents.version is None:
            return fine(self.about, f"{where} is empty; the first start makes its tables")
        if contents.version != HEAD:
            return note(self.about, f"{where} is older; the next start brings it up to date")
        users = counted(contents.users, "user")
        return fine(self.about, f"{where}, {users}, tables {contents.version}")


class PostgresArchiveCheck(Check):
    """Tells what is in the archive, and when something was recorded last."""

    about = "archive"

    def __init__(
        self, url: str, *, is_recorded: bool, runs: Callable[[bytes], Iterable[Run]]
    ) -> None:
        """`runs` reads those of a chunk, and is asked only where there is one."""
        self._url = url
        self._is_recorded = is_recorded
        self._runs = runs

    async def look(self) -> Sequence[Finding]:
        return [await asyncio.to_thread(self._look)]

    def _look(self) -> Finding:
        recorder = f"the recorder is {'on' if self._is_recorded else 'off'}"

        async def look(connection: AsyncConnection) -> tuple[int, list[bytes]] | None:
            if (await contents_of(connection)).version != HEAD:
                return None
            series = (await archive_contents_of(connection)).series
            newest = select(chunks.c.scale, func.max(chunks.c.start_at).label("start_at"))
            last = newest.group_by(chunks.c.scale).subquery()
            query = select(chunks.c.runs).join(
                last, (chunks.c.scale == last.c.scale) & (chunks.c.start_at == last.c.start_at)
            )
            return series, list((await connection.scalars(query.limit(100))).all())

        try:
            found = at_once(self._url, look)
        except StorageUnusable:
            return wrong(self.about, "can't be told without the database")
        if found is None:
            return fine(self.about, f"it is not there yet; {recorder}")
        series, newest = found
        read_at = max((run.read_at for runs in newest for run in self._runs(runs)), default=0)
        last = format_instant(datetime.fromtimestamp(read_at, UTC)) if read_at else "never"
        return fine(self.about, f"{series} series, last recorded {last}; {recorder}")


def somebody_logged_in(url: str) -> bool:
    """Whether there may be logins; not where the database can't be read. Blocks."""
    try:
        return at_once(url, contents_of).known_networks > 0
    except StorageUnusable:
        return False


def sealed_in(url: str) -> Sealed:
    """What is sealed and for whom; nothing where it can't be read. Blocks."""

    async def found(connection: AsyncConnection) -> Sealed:
        is_there = (await contents_of(connection)).version == HEAD
        return await sealed(connection) if is_there else {}

    try:
        return at_once(url, found)
    except StorageUnusable:
        return {}


def links_in(url: str) -> Sequence[tuple[datetime, bool, bool]] | None:
    """When each signed in, whether it is dead and whether it has a password.

    None without tables. Blocks; raises DatabaseUnusable.
    """
    link = emporia_links.c
    query = select(
        link.signed_in_at, link.sealed_tokens.is_(None), link.sealed_password.is_not(None)
    )

    async def found(connection: AsyncConnection) -> list[tuple[datetime, bool, bool]] | None:
        if (await contents_of(connection)).version != HEAD:
            return None
        rows = (await connection.execute(query)).all()
        return [(signed_in_at, dead, has_password) for signed_in_at, dead, has_password in rows]

    return at_once(url, found)


def spent_in(url: str, now: datetime) -> tuple[Sequence[int], bool] | None:
    """What accounts have spent, and whether any is ahead; None without tables.

    Blocks; raises DatabaseUnusable.
    """
    slot = request_slots.c
    query = (
        select(func.sum(slot.requests), func.max(slot.slot_start))
        .where(slot.slot_start > now - WINDOW)
        .group_by(slot.customer_gid)
    )

    async def found(connection: AsyncConnection) -> tuple[Sequence[int], bool] | None:
        if (await contents_of(connection)).version != HEAD:
            return None
        rows = (await connection.execute(query)).all()
        return [spent for spent, _ in rows], any(last > now + MOST_AHEAD for _, last in rows)

    return at_once(url, found)


async def _looked_through(connection: AsyncConnection) -> tuple[Contents, str]:
    contents = await contents_of(connection)
    return contents, await lacking(connection) if contents.version == HEAD else ""
