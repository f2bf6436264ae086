"""A sign of life from SQLite."""

import asyncio

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.tables import users
from application.ports.storage_health import StorageHealth

LONGEST_WAIT_SECONDS = 2.0


class SqlStorageHealth(StorageHealth):
    """Reads a table: a bare SELECT 1 would be answered without a look at the file."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def is_reachable(self) -> bool:
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS), self._engine.connect() as connection:
                await connection.execute(select(users.c.id).limit(1))
        except (SQLAlchemyError, TimeoutError):
            return False
        return True
