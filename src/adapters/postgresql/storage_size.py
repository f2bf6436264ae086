"""How much room the database takes, asked of the server beside those who want to know."""

import asyncio
from collections.abc import Mapping

from adapters.postgresql.engine import PostgresEngine
from application.ports.clock import Clock
from application.ports.operations.storage_size import StorageSize
from domain.errors import StorageUnavailable

REST_SECONDS = 60.0
"""A size is measured no more often, for the server looks through its folder each time."""

MEASURE = """
SELECT pg_database_size(current_database()),
       sum(pg_total_relation_size(name::regclass))::bigint
FROM unnest(ARRAY['archives', 'devices', 'series', 'chunks', 'months']) AS name
"""


class PostgresStorageSize(StorageSize):
    """Tells what was measured last, and sees to it that the next one hears of now."""

    def __init__(self, engine: PostgresEngine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._sizes: dict[str, int] = {}
        self._measured_at: float | None = None
        self._measuring: asyncio.Task[None] | None = None

    def in_bytes(self) -> Mapping[str, int]:
        now = self._clock.monotonic()
        if self._measured_at is None or now - self._measured_at >= REST_SECONDS:
            self._measured_at = now
            self._measuring = asyncio.create_task(self._measure(), name="size of the database")
        return self._sizes

    async def close(self) -> None:
        """Stop measuring."""
        if self._measuring is not None:
            self._measuring.cancel()
            await asyncio.gather(self._measuring, return_exceptions=True)

    async def _measure(self) -> None:
        try:
            async with self._engine.bare_connection() as driver:
                (measured,) = await driver.fetch(MEASURE)
        except StorageUnavailable:
            self._sizes = {}
            self._measured_at = None
        else:
            whole, archive = measured
            self._sizes = {"database": whole - archive, "archive": archive}
