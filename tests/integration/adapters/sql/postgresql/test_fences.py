"""The database takes no write of a node that was replaced, whatever that node believes."""

import asyncio
from datetime import UTC, datetime

import pytest

from adapters.postgresql.chunk_store import PostgresChunkStore
from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.fences import PostgresFences
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.users import SqlUserRepository
from application.ports.archive.chunk_store import ANY_VERSION, SealedMonth
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId
from application.ports.secret_box import SecretBox
from domain.accounts.users import User
from domain.archive.series import Series, SeriesName
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId, EmporiaLink

ACCOUNT, OTHER = AccountId(4711), AccountId(4712)
SERIES = Series(ACCOUNT, SeriesName(7, "1,2,3"))
MARCH = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
MONTH = [SealedMonth(start=MARCH, data=b"hours")]


@pytest.fixture
def one(engine: PostgresEngine) -> PostgresFences:
    return PostgresFences(engine, node_id=NodeId("one"))


@pytest.fixture
def two(other_engine: PostgresEngine) -> PostgresFences:
    return PostgresFences(other_engine, node_id=NodeId("two"))


async def test_the_highest_fence_stands(one: PostgresFences, two: PostgresFences) -> None:
    assert await one.claim(ACCOUNT, Fence(7))
    assert await two.claim(OTHER, Fence(1))
    assert await two.claim(ACCOUNT, Fence(8))
    assert not await one.claim(ACCOUNT, Fence(7))
    assert not await one.claim(ACCOUNT, Fence(8))


async def test_of_claims_at_once_the_highest_stands(
    one: PostgresFences, two: PostgresFences
) -> None:
    claims = [
        fences.claim(ACCOUNT, Fence(number))
        for number, fences in enumerate([one, two, one, two], start=1)
    ]

    await asyncio.gather(*claims)

    assert not await one.claim(ACCOUNT, Fence(4))
    assert await one.claim(ACCOUNT, Fence(5))


async def test_nobody_claims_an_account_while_a_write_of_its_holder_is_under_way(
    one: PostgresFences, two: PostgresFences, engine: PostgresEngine
) -> None:
    await one.claim(ACCOUNT, Fence(7))
    async with engine.begin() as connection:
        await one.check(connection, ACCOUNT, Fence(7))
        claim = asyncio.create_task(two.claim(ACCOUNT, Fence(8)))
        await asyncio.wait([claim], timeout=0.1)
        assert not claim.done()

    assert await claim


async def test_the_archive_takes_nothing_of_who_was_replaced(
    one: PostgresFences, two: PostgresFences, engine: PostgresEngine
) -> None:
    store = PostgresChunkStore(engine, check_fence=one.check)
    lost = []
    one.on_lost(lambda *told: lost.append(told))
    await one.claim(ACCOUNT, Fence(7))
    assert await store.put(SERIES, [], MONTH, fence=Fence(7))

    await two.claim(ACCOUNT, Fence(8))
    with pytest.raises(LeaseLost):
        await store.put(SERIES, [], [SealedMonth(start=MARCH, data=b"late")], fence=Fence(7))

    assert await store.months(SERIES, MARCH, MARCH + 1) == MONTH
    assert lost == [(ACCOUNT, Fence(7))]
    assert await store.put(SERIES, [], MONTH)  # of what no lease is needed for


async def test_what_was_read_before_another_put_is_not_put(engine: PostgresEngine) -> None:
    store = PostgresChunkStore(engine)
    nothing = await store.version(SERIES)
    assert nothing is None
    assert await store.put(SERIES, [], MONTH, since=nothing)

    first = await store.version(SERIES)
    assert first is not None
    assert not await store.put(SERIES, [], [SealedMonth(start=MARCH, data=b"x")], since=nothing)
    assert await store.put(SERIES, [], MONTH, since=first)
    assert await store.version(SERIES) != first
    assert not await store.put(SERIES, [], [SealedMonth(start=MARCH, data=b"x")], since=first)
    assert await store.put(SERIES, [], MONTH, since=ANY_VERSION)
    assert await store.months(SERIES, MARCH, MARCH + 1) == MONTH


async def test_of_two_that_put_at_once_one_is_told_to_look_again(
    engine: PostgresEngine, other_engine: PostgresEngine
) -> None:
    stores = PostgresChunkStore(engine), PostgresChunkStore(other_engine)
    for _ in range(5):
        since = await stores[0].version(SERIES)
        puts = await asyncio.gather(
            *(store.put(SERIES, [], MONTH, since=since) for store in stores)
        )
        assert sorted(puts) == [False, True]


async def test_tokens_are_not_taken_of_who_was_replaced(
    one: PostgresFences,
    two: PostgresFences,
    engine: PostgresEngine,
    secret_box: SecretBox,
    ada: User,
    adas_link: EmporiaLink,
    bobs_link: EmporiaLink,
) -> None:
    await SqlUserRepository(engine).add(ada)
    links = SqlEmporiaLinkRepository(engine, secret_box=secret_box, check_fence=one.check)
    await links.save(adas_link)
    late = adas_link.with_tokens(bobs_link.tokens)
    await one.claim(adas_link.account, Fence(7))
    assert await links.replace_tokens(adas_link, fence=Fence(7))

    await two.claim(adas_link.account, Fence(8))
    with pytest.raises(LeaseLost):
        await links.replace_tokens(late, fence=Fence(7))

    assert await links.of_user(ada.id) == adas_link


async def test_of_two_that_renew_at_once_one_keeps_its_tokens(
    engine: PostgresEngine,
    other_engine: PostgresEngine,
    secret_box: SecretBox,
    ada: User,
    adas_link: EmporiaLink,
    bobs_link: EmporiaLink,
) -> None:
    await SqlUserRepository(engine).add(ada)
    both = [
        SqlEmporiaLinkRepository(each, secret_box=secret_box) for each in (engine, other_engine)
    ]
    await both[0].save(adas_link)
    newer = adas_link.with_tokens(bobs_link.tokens)

    kept = await asyncio.gather(
        *(links.replace_tokens(newer, instead_of=adas_link.tokens) for links in both)
    )

    assert sorted(kept) == [False, True]
