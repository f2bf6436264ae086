"""Changes by others, by a counter that everybody counts up who changes what others remember."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from adapters.postgresql.engine import PostgresEngine
from application.ports.operations.foreign_changes import ForeignChanges
from domain.errors import StorageUnavailable

LOOK = "SELECT count FROM changes WHERE id = 1"
COUNT = "UPDATE changes SET count = count + 1 WHERE id = 1"

logger = logging.getLogger(__name__)


class PostgresForeignChanges(ForeignChanges):
    """One cheap statement a look. What is changed by hand is not counted, and not noticed."""

    def __init__(self, engine: PostgresEngine) -> None:
        self._engine = engine
        self._last: int | None = None
        self._own = 0
        self._is_blind = False
        # So that an own change is never half counted when somebody looks.
        self._turn = asyncio.Lock()

    async def happened(self) -> bool:
        async with self._turn:
            try:
                count = await self._count()
            except (SQLAlchemyError, StorageUnavailable) as error:
                # Whatever the storage fails at has been logged.
                if not self._is_blind and not isinstance(error, StorageUnavailable):
                    logger.warning("changes by others can't be seen: %s", type(error).__name__)
                self._is_blind = True
                return False
            last, self._last = self._last, count
            own, self._own = self._own, 0
            was_blind, self._is_blind = self._is_blind, False
            return was_blind or (last is not None and count - last > own)

    async def announce(self) -> None:
        async with self._turn:
            async with self._engine.bare_connection() as driver:
                await driver.execute(COUNT)
            self._own += 1

    async def _count(self) -> int:
        async with self._engine.bare_connection() as driver:
            count: int = await driver.fetchval(LOOK)
            return count
