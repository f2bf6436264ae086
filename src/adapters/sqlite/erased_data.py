"""Erased rows stand in the write-ahead log until it is written back and cut off."""

from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sqlite.engine import BUSY_TIMEOUT_MILLISECONDS
from application.ports.operations.erased_data import ErasedData
from domain.errors import StorageUnavailable

PATIENCE_MILLISECONDS = 200
"""How long readers may hold it up: while it waits, nobody can write."""


class SqliteErasedData(ErasedData):
    """Checkpoints the log down to nothing; in the database itself `secure_delete` has wiped."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def wipe(self) -> bool:
        # Begun and committed so that it counts as our own doing: it changes the file's version.
        async with self._engine.begin() as connection:
            await connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
            try:
                found = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy: int = found.one()[0]
            except StorageUnavailable:  # locked, which is another way of being busy
                return False
            finally:
                await connection.exec_driver_sql(
                    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}"
                )
        return not is_busy
