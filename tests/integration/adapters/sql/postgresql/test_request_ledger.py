"""Several nodes count for one account, each for itself."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.request_ledger import PostgresRequestLedger
from adapters.postgresql.tables import fences
from application.ports.emporia.leases import Fence
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId
from domain.errors import StorageUnavailable

ACCOUNT = AccountId(4711)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def spent(ledger: PostgresRequestLedger) -> int:
    return sum(slot.requests for slot in await ledger.slots(ACCOUNT, since=LONG_AGO))


async def test_what_nodes_ask_in_the_same_minute_is_added_up(
    engine: PostgresEngine, other_engine: PostgresEngine
) -> None:
    one = PostgresRequestLedger(engine, node="one")
    two = PostgresRequestLedger(other_engine, node="two")

    await one.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO)
    await two.keep(ACCOUNT, Slot(NOON, 3), forget_before=LONG_AGO)

    assert await one.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 5)]


async def test_a_node_that_starts_within_a_minute_counts_nothing_twice(
    engine: PostgresEngine,
) -> None:
    await PostgresRequestLedger(engine, node="before").keep(
        ACCOUNT, Slot(NOON, 3), forget_before=LONG_AGO
    )
    ledger = PostgresRequestLedger(engine, node="after")
    assert await spent(ledger) == 3

    await ledger.keep(ACCOUNT, Slot(NOON, 4), forget_before=LONG_AGO)

    assert await spent(ledger) == 4


async def test_counts_that_come_together_are_all_kept(engine: PostgresEngine) -> None:
    ledger = PostgresRequestLedger(engine, node="one")
    accounts = [AccountId(number) for number in range(50)]

    await asyncio.gather(
        *(ledger.keep(account, Slot(NOON, 1), forget_before=LONG_AGO) for account in accounts),
        *(ledger.keep(account, Slot(NOON, 2), forget_before=LONG_AGO) for account in accounts),
    )

    async with engine.connect() as connection:
        kept = await connection.scalar(text("SELECT sum(requests) FROM request_slots"))
    assert kept == 100


async def test_minutes_before_the_window_are_forgotten_whoever_counted_them(
    engine: PostgresEngine,
) -> None:
    one, two = (PostgresRequestLedger(engine, node=node) for node in ("one", "two"))
    await one.keep(ACCOUNT, Slot(NOON - MINUTE, 5), forget_before=LONG_AGO)

    await two.keep(ACCOUNT, Slot(NOON, 1), forget_before=NOON)

    assert await one.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 1)]


@pytest.mark.parametrize("fence", [6, 8])
async def test_a_count_under_the_fence_of_another_is_refused_and_that_of_others_kept(
    engine: PostgresEngine, fence: int
) -> None:
    async with engine.begin() as connection:
        await connection.execute(insert(fences).values(customer_gid=ACCOUNT, fence=7, node="two"))
    ledger = PostgresRequestLedger(engine, node="one")
    neighbour = AccountId(4712)

    refused, kept = await asyncio.gather(
        ledger.keep(ACCOUNT, Slot(NOON, 1), forget_before=LONG_AGO, fence=Fence(fence)),
        ledger.keep(neighbour, Slot(NOON, 1), forget_before=LONG_AGO),
        return_exceptions=True,
    )

    assert isinstance(refused, StorageUnavailable)
    assert kept is None
    assert await spent(ledger) == 0
    await ledger.keep(ACCOUNT, Slot(NOON, 1), forget_before=LONG_AGO, fence=Fence(7))
    assert await spent(ledger) == 1
