"""Several nodes count for one account, each for itself."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.fences import PostgresFences
from adapters.postgresql.request_ledger import PostgresRequestLedger
from adapters.postgresql.requests_of_others import PostgresRequestsOfOthers
from adapters.postgresql.tables import fences
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId

ACCOUNT = AccountId(4711)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def spent(ledger: PostgresRequestLedger) -> int:
    return sum(slot.requests for slot in await ledger.slots(ACCOUNT, since=LONG_AGO))


async def spent_by_others(engine: PostgresEngine, node: str) -> Sequence[Slot]:
    others = PostgresRequestsOfOthers(engine, node_id=NodeId(node))
    return await others.slots(ACCOUNT, since=LONG_AGO)


async def test_a_node_knows_its_own_requests_and_the_sum_of_the_others(
    engine: PostgresEngine, other_engine: PostgresEngine
) -> None:
    one = PostgresRequestLedger(engine, node="one")
    two = PostgresRequestLedger(other_engine, node="two")

    await one.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO)
    await two.keep(ACCOUNT, Slot(NOON, 3), forget_before=LONG_AGO)

    await PostgresRequestLedger(engine, node="gone").keep(
        ACCOUNT, Slot(NOON, 4), forget_before=LONG_AGO
    )

    assert await one.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 2)]
    assert await spent_by_others(engine, "one") == [Slot(NOON, 7)]
    assert await spent_by_others(engine, "two") == [Slot(NOON, 6)]


async def test_a_node_that_replaces_its_minutes_leaves_the_others_theirs(
    engine: PostgresEngine,
) -> None:
    one, two = (PostgresRequestLedger(engine, node=node) for node in ("one", "two"))
    for ledger in (one, two):
        await ledger.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO)

    await one.replace(ACCOUNT, [Slot(NOON - MINUTE, 2)])

    assert await one.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON - MINUTE, 2)]
    assert await two.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 2)]


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


async def test_what_others_counted_is_forgotten_when_it_is_out_of_the_day(
    engine: PostgresEngine,
) -> None:
    one, two = (PostgresRequestLedger(engine, node=node) for node in ("one", "two"))
    for minutes in (1, 24 * 60 + 2, 24 * 60 + 3):
        await one.keep(ACCOUNT, Slot(NOON - minutes * MINUTE, 5), forget_before=LONG_AGO)

    await two.keep(ACCOUNT, Slot(NOON, 1), forget_before=NOON)

    assert await spent(one) == 10
    assert await spent(two) == 1


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

    assert isinstance(refused, LeaseLost)
    assert kept is None
    assert await spent(ledger) == 0
    await ledger.keep(ACCOUNT, Slot(NOON, 1), forget_before=LONG_AGO, fence=Fence(7))
    assert await spent(ledger) == 1


async def test_a_poll_and_a_read_in_one_commit_are_both_held_to_the_fence(
    engine: PostgresEngine,
) -> None:
    lost = []
    holder = PostgresFences(engine, node_id=NodeId("one"))
    holder.on_lost(lambda *told: lost.append(told))
    await PostgresFences(engine, node_id=NodeId("two")).claim(ACCOUNT, Fence(8))
    ledger = PostgresRequestLedger(engine, node="one", fences=holder)

    outcomes = await asyncio.gather(
        ledger.keep(ACCOUNT, Slot(NOON, 1), forget_before=LONG_AGO, fence=Fence(7)),
        ledger.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [LeaseLost, LeaseLost]
    assert await spent(ledger) == 0
    assert (ACCOUNT, Fence(7)) in lost


async def test_where_nothing_is_counted_the_fence_is_looked_at_all_the_same(
    engine: PostgresEngine,
) -> None:
    ledger = PostgresRequestLedger(engine, node="one")
    await PostgresFences(engine, node_id=NodeId("one")).claim(ACCOUNT, Fence(7))

    await ledger.confirm(ACCOUNT, Fence(7))

    with pytest.raises(LeaseLost):
        await ledger.confirm(ACCOUNT, Fence(6))


async def test_fences_of_accounts_that_nobody_has_linked_are_erased(
    engine: PostgresEngine,
) -> None:
    mine = PostgresFences(engine, node_id=NodeId("one"))
    await mine.claim(ACCOUNT, Fence(7))
    ledger = PostgresRequestLedger(engine, node="one", fences=mine)

    await ledger.forget_unlinked(NOON)

    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM fences")) == 0
    with pytest.raises(LeaseLost):
        await ledger.confirm(ACCOUNT, Fence(7))
