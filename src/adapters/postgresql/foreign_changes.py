"""Changes by others, by a counter that everybody counts up who changes what others remember."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from adapters.postgresql.engine import PostgresEngine
from application.ports.operations.foreign_changes import ForeignChanges
from domain.errors import StorageUnavailable

LOOK = "SELECT count FROM changes WHERE id = 1"
COUNT = "UPDATE changes SET count = count + 1 WHERE id = 1 RETURNING count"

WORD_SECONDS = 0.05
"""How long a change that is seen may be ahead of the word of it, by NATS."""

logger = logging.getLogger(__name__)


class PostgresForeignChanges(ForeignChanges):
    """One cheap statement a look. What is changed by hand is not counted, and not noticed."""

    def __init__(self, engine: PostgresEngine) -> None:
        self._engine = engine
        self._last: int | None = None
        self._known: set[int] = set()
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
            was_blind, self._is_blind = self._is_blind, False
        is_news = was_blind or (last is not None and not await self._knows(last, count))
        self._known = {number for number in self._known if number > count}
        return is_news

    async def announce(self) -> int:
        async with self._turn, self._engine.bare_connection() as driver:
            number: int = await driver.fetchval(COUNT)
            self.note(number)
            return number

    def note(self, number: int) -> None:
        self._known.add(number)

    @property
    def is_blind(self) -> bool:
        return self._is_blind

    async def _knows(self, last: int, count: int) -> bool:
        """Whether every change between two looks is known already, or in a moment."""
        if self._known_between(last, count) < count - last:
            await asyncio.sleep(WORD_SECONDS)
        return self._known_between(last, count) == count - last

    def _known_between(self, last: int, count: int) -> int:
        return sum(last < number <= count for number in self._known)

    async def _count(self) -> int:
        async with self._engine.bare_connection() as driver:
            count: int = await driver.fetchval(LOOK)
            return count
