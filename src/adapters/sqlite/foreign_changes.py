"""Changes by other processes, by what SQLite tells of its file.

`PRAGMA data_version` changes with every commit of another connection, our own included. So a
process that has changed something leaves a mark in `PRAGMA user_version`, which nothing else here
uses: another mark than before is a foreign change for certain. A commit without a mark, such as by
hand in a shell, is taken for one unless we committed ourselves since the last look.
"""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.sqlite.engine import SqliteEngine
from application.ports.operations.foreign_changes import ForeignChanges
from domain.errors import StorageUnavailable

MARKS = 2**31

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Look:
    version: int
    mark: int
    own_commits: int


class SqliteForeignChanges(ForeignChanges):
    """Looks through a connection of its own: versions of different ones can't be compared."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._last: _Look | None = None
        self._is_blind = False

    async def happened(self) -> bool:
        try:
            look = await _to_its_end(self._look())
        except (SQLAlchemyError, StorageUnavailable) as error:
            # Whatever the storage fails at has been logged.
            if not self._is_blind and not isinstance(error, StorageUnavailable):
                logger.warning("changes from outside can't be seen: %s", type(error).__name__)
            self._is_blind = True
            await self.close()
            return False
        last, self._last = self._last, look
        if self._is_blind:
            self._is_blind = False
            return True
        if last is None or look.version == last.version:
            return False
        return look.mark != last.mark or look.own_commits == last.own_commits

    @property
    def is_blind(self) -> bool:
        return self._is_blind

    def note(self, number: int) -> None:
        """Nobody tells one process of SQLite's what another does."""

    async def announce(self) -> None:
        mark = secrets.randbelow(MARKS)  # any other than before will do
        async with self._engine.begin() as connection:
            await connection.exec_driver_sql(f"PRAGMA user_version = {mark}")

    async def close(self) -> None:
        """Let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _look(self) -> _Look:
        if self._connection is None:
            self._connection = await self._engine.connect()
            await self._connection.execution_options(isolation_level="AUTOCOMMIT")
        own_commits = (
            self._engine.own_commits.count
        )  # before: one that follows is an own one next time
        version = await self._number("data_version")
        if self._last is not None and version == self._last.version:
            return _Look(version, self._last.mark, own_commits)
        return _Look(version, await self._number("user_version"), own_commits)

    async def _number(self, pragma: str) -> int:
        assert self._connection is not None  # noqa: S101  # _look has opened it
        number: int = (await self._connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one()
        return number


async def _to_its_end(look: Coroutine[None, None, _Look]) -> _Look:
    """Let a look end even when nobody waits for it any more, or half a connection is left over."""
    looking = asyncio.create_task(look)
    try:
        return await asyncio.shield(looking)
    finally:
        await asyncio.gather(looking, return_exceptions=True)
