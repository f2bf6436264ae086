"""A sign of life from the database: that it can be written, and is still where it was."""

import asyncio

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.tables import users
from application.ports.clock import Clock
from application.ports.operations.storage_health import StorageHealth
from domain.errors import StorageUnavailable

LONGEST_WAIT_SECONDS = 2.0
WRITE_SECONDS = 1.0
"""Writes are not tried more often than that, or strangers could wear out an SD card."""

APPLICATION_ID = 0x454D504F
"""Says in the file's header whose it is. Written again it changes nothing, yet is a write."""


class SqliteStorageHealth(StorageHealth):
    """Reads a table, writes the header, and ends as a commit does: with a look at the path."""

    def __init__(self, engine: AsyncEngine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._written_at: float | None = None

    async def is_reachable(self) -> bool:
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                await self._try()
        except (SQLAlchemyError, StorageUnavailable, TimeoutError):
            self._written_at = None
            return False
        return True

    async def _try(self) -> None:
        now = self._clock.now().timestamp()
        async with self._engine.begin() as connection:
            await connection.execute(select(users.c.id).limit(1))
            if self._written_at is None or not 0 <= now - self._written_at < WRITE_SECONDS:
                self._written_at = now
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
                await connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
