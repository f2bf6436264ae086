"""The server tells how much room the database and the archive take."""

from adapters.fake.clock import ManualClock
from adapters.postgresql.engine import PostgresEngine, open_engine
from adapters.postgresql.storage_size import PostgresStorageSize


async def test_database_and_archive_are_told_apart(engine: PostgresEngine) -> None:
    sizes = await PostgresStorageSize(engine, clock=ManualClock()).in_bytes()

    assert sizes.keys() == {"database", "archive"}
    assert all(size > 0 for size in sizes.values())


async def test_a_server_that_is_away_tells_nothing() -> None:
    engine = open_engine("postgresql+asyncpg://ada@127.0.0.1:1/gateway")

    assert await PostgresStorageSize(engine, clock=ManualClock()).in_bytes() == {}
