"""Costly calls are counted by all nodes together."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from adapters.memory.call_limits import InMemoryCallLimit
from adapters.postgresql import call_limit
from adapters.postgresql.call_limit import PostgresCallLimit
from adapters.postgresql.engine import (
    CONNECTIONS,
    CONNECTIONS_OF_STRANGERS,
    PostgresEngine,
    TellingPool,
)
from adapters.system.clock import SystemClock
from domain.accounts.callers.networks import Network
from domain.errors import StorageBusy, TooManyCalls

HERE, THERE = Network("192.0.2.1"), Network("192.0.2.2")


def limit(engine: PostgresEngine, most_calls: int) -> PostgresCallLimit:
    own = InMemoryCallLimit(most_calls=most_calls, clock=SystemClock())
    return PostgresCallLimit(engine, first=own, secret=b"s" * 32, most_calls=most_calls)


async def test_what_a_network_asks_of_all_nodes_is_added_up(
    engine: PostgresEngine, other_engine: PostgresEngine
) -> None:
    one, two = limit(engine, 3), limit(other_engine, 3)
    await one.count(HERE)
    await two.count(HERE)
    await two.count(HERE)

    with pytest.raises(TooManyCalls) as refusal:
        await one.count(HERE)
    assert refusal.value.retry_after_seconds is not None
    assert 50 < refusal.value.retry_after_seconds <= 60
    await one.count(THERE)


async def test_calls_at_once_are_all_counted(
    engine: PostgresEngine, other_engine: PostgresEngine
) -> None:
    nodes = limit(engine, 10), limit(other_engine, 10)

    outcomes = await asyncio.gather(
        *(nodes[number % 2].count(HERE) for number in range(16)), return_exceptions=True
    )

    assert sum(outcome is None for outcome in outcomes) == 10


async def test_a_site_may_ask_eight_times_as_often_as_one_line(engine: PostgresEngine) -> None:
    nodes = [limit(engine, 1) for _ in range(10)]
    lines = [Network(f"2001:db8:0:{number:x}::/64") for number in range(9)]

    outcomes = [
        await asyncio.gather(node.count(line), return_exceptions=True)
        for node, line in zip(nodes, lines, strict=False)
    ]

    assert [outcome[0] is None for outcome in outcomes] == [True] * 8 + [False]


async def test_a_minute_later_all_is_forgiven_and_erased(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_limit, "CALLS_BETWEEN_CLEARING", 2)
    await limit(engine, 1).count(HERE)
    await limit(engine, 1).count(THERE)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE call_windows SET began_at = began_at - 60000001"))

    await limit(engine, 1).count(HERE)

    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM call_windows")) in (1, 2)
        rows = (await connection.execute(text("SELECT * FROM call_windows"))).all()
    assert "192" not in str(rows)


async def test_a_flood_leaves_connections_to_everybody_else(engine: PostgresEngine) -> None:
    flooded, pool = limit(engine, 100), engine.pool
    assert isinstance(pool, TellingPool)
    async with engine.begin() as other:
        await other.execute(text("LOCK TABLE call_windows"))
        flood = [asyncio.create_task(flooded.count(HERE)) for _ in range(2 * CONNECTIONS)]
        while pool.checkedout() <= CONNECTIONS_OF_STRANGERS:  # noqa: ASYNC110
            await asyncio.sleep(0)  # what is waited for tells nobody

        async with engine.connect() as mine:
            assert await mine.scalar(text("SELECT 1")) == 1

    assert await asyncio.gather(*flood) == [None] * (2 * CONNECTIONS)


async def test_whose_turn_does_not_come_is_told_that_the_database_is_busy(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.postgresql.engine.TIMEOUT_SECONDS", 0)
    async with AsyncExitStack() as turns:
        for _ in range(CONNECTIONS_OF_STRANGERS):
            await turns.enter_async_context(engine.turn_of_a_stranger())
        with pytest.raises(StorageBusy):
            await limit(engine, 1).count(HERE)

    async with engine.turn_of_a_stranger():
        pass
