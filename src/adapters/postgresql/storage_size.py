"""How much room the database takes, as its server measures it."""

from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError

from adapters.postgresql.engine import PostgresEngine
from application.ports.clock import Clock
from application.ports.operations.storage_size import StorageSize
from domain.errors import StorageUnavailable

REST_SECONDS = 60.0
"""It is measured no more often, for the server looks through its folder each time."""

MEASURE = """
SELECT pg_database_size(current_database()),
       sum(pg_total_relation_size(name::regclass))::bigint
FROM unnest(ARRAY['archives', 'devices', 'series', 'chunks', 'months']) AS name
"""


class PostgresStorageSize(StorageSize):
    """Tells what was measured a minute ago or later."""

    def __init__(self, engine: PostgresEngine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._sizes: Mapping[str, int] = {}
        self._measured_at: float | None = None

    async def in_bytes(self) -> Mapping[str, int]:
        now = self._clock.monotonic()
        if self._measured_at is None or now - self._measured_at >= REST_SECONDS:
            try:
                self._sizes, self._measured_at = await self._measured(), now
            except (SQLAlchemyError, StorageUnavailable):
                self._sizes, self._measured_at = {}, None
        return self._sizes

    async def _measured(self) -> Mapping[str, int]:
        async with self._engine.bare_connection() as driver:
            (found,) = await driver.fetch(MEASURE)
        whole, archive = found
        return {"database": whole - archive, "archive": archive}
