"""A server that is away, stands still or has no room: told as ours, and over by itself."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from adapters.postgresql.engine import PostgresEngine, open_engine
from adapters.postgresql.foreign_changes import PostgresForeignChanges
from adapters.postgresql.migrate import upgrade
from adapters.postgresql.storage_health import PostgresStorageHealth
from adapters.sql.users import SqlUserRepository
from domain.accounts.users import User
from domain.errors import StorageBusy, StorageUnavailable
from tests.servers.postgres import PostgresServer, running


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """One that nobody else needs."""
    with running() as server:
        yield server


@pytest.fixture
async def engine(server: PostgresServer):
    url = server.url(server.create())
    upgrade(url)
    engine = open_engine(url)
    yield engine
    await engine.dispose()


async def test_a_server_that_was_killed_and_is_back_is_used_again(
    server: PostgresServer, engine: PostgresEngine, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    users, changes = SqlUserRepository(engine), PostgresForeignChanges(engine)
    await users.add(ada)
    assert not await changes.happened()

    server.kill()
    for _ in range(3):
        with pytest.raises(StorageUnavailable):
            await users.with_id(ada.id)
    assert not await PostgresStorageHealth(engine).is_reachable()
    assert not await changes.happened()
    server.start_again()

    assert await users.with_id(ada.id) == ada
    assert await PostgresStorageHealth(engine).is_reachable()
    assert await changes.happened()
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == len(set(told))
    assert all(line.startswith("the database fails: ") for line in told)


async def test_a_server_that_stands_still_is_given_up_within_seconds_and_used_again(
    server: PostgresServer, engine: PostgresEngine, ada: User
) -> None:
    users = SqlUserRepository(engine)
    await users.add(ada)

    server.pause()
    begun = time.monotonic()
    outcomes = await asyncio.gather(
        *(users.with_id(ada.id) for _ in range(5)), return_exceptions=True
    )
    took = time.monotonic() - begun
    server.go_on()

    assert [type(outcome) for outcome in outcomes] == [StorageUnavailable] * 5
    assert took < 6
    assert await users.with_id(ada.id) == ada


async def test_one_connection_that_is_ended_by_an_operator_fails_once(
    server: PostgresServer, engine: PostgresEngine, ada: User
) -> None:
    users = SqlUserRepository(engine)
    await users.add(ada)
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'"
    server.sql(ended)

    with pytest.raises(StorageUnavailable):
        await users.with_id(ada.id)

    assert await users.with_id(ada.id) == ada


async def test_a_lock_that_somebody_holds_is_told_as_busy(
    engine: PostgresEngine, ada: User
) -> None:
    users = SqlUserRepository(engine)
    await users.add(ada)
    async with engine.begin() as holder:
        await holder.execute(text("LOCK TABLE users"))

        with pytest.raises(StorageBusy):
            await users.replace_password_hash(ada.id, "another")


async def test_all_connections_being_taken_is_told_as_busy(engine: PostgresEngine) -> None:
    held = [await engine.connect() for _ in range(10)]

    with pytest.raises(StorageBusy):
        await engine.connect()

    for connection in held:
        await connection.close()


async def test_a_broken_rule_is_told_without_the_values_that_broke_it(
    engine: PostgresEngine,
) -> None:
    row = text("INSERT INTO tenants VALUES (gen_random_uuid(), 'n', :secret, '', 0)")
    async with engine.begin() as connection:
        await connection.execute(row, {"secret": "top-secret"})
    with pytest.raises(Exception, match="uq_tenants") as failure:
        async with engine.begin() as connection:
            await connection.execute(row, {"secret": "top-secret"})

    told = f"{failure.value} {failure.value.__cause__} {failure.value.__context__}"
    assert "top-secret" not in told


async def test_a_transaction_that_the_server_ended_is_told_and_its_connection_not_used_again(
    engine: PostgresEngine, ada: User
) -> None:
    users = SqlUserRepository(engine)
    await users.add(ada)

    async def rest_within_a_transaction() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("SET idle_in_transaction_session_timeout = 50"))
            await asyncio.sleep(0.5)
            await connection.execute(text("SELECT 1"))

    with pytest.raises(StorageUnavailable):
        await rest_within_a_transaction()
    assert await users.with_id(ada.id) == ada
