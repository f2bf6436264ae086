"""A sign of life from the database: that it can be read and written."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from adapters.postgresql.engine import PostgresEngine
from application.ports.operations.storage_health import StorageHealth
from domain.errors import StorageUnavailable

LONGEST_WAIT_SECONDS = 2.0

LOOK = """
SELECT exists (SELECT FROM users) IS NOT NULL
AND NOT pg_is_in_recovery() AND NOT current_setting('transaction_read_only')::boolean
"""
"""Reads a table, and asks whether this is a server that takes changes, not one that follows it."""


class PostgresStorageHealth(StorageHealth):
    """Asks the server."""

    def __init__(self, engine: PostgresEngine) -> None:
        self._engine = engine

    async def is_reachable(self) -> bool:
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                return await self._look()
        except (SQLAlchemyError, StorageUnavailable, TimeoutError):
            return False

    async def _look(self) -> bool:
        async with self._engine.bare_connection() as driver:
            return bool(await driver.fetchval(LOOK))
