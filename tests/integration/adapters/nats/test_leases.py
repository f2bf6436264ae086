"""Leases keep their promises, alone, in the fake and over NATS: one node an account at a time."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from adapters.fake.emporia.leases import InMemoryFences, SharedLeases
from adapters.memory.leases import OnlyNode
from adapters.nats.connection import NatsConnection
from adapters.nats.lease_bucket import LeaseBucket, LeaseSecondsDiffer, NoJetStream
from adapters.system.clock import SystemClock
from application.ports.emporia.leases import Fence, Leases
from application.ports.nodes import NodeId
from domain.accounts.users import UserId
from domain.emporia.links import AccountId
from domain.errors import StorageUnavailable
from tests.integration.adapters.nats.conftest import LEASE_SECONDS, Starting, eventually, running
from tests.servers.nats import NatsServer, nats_server

ACCOUNT, OTHER = AccountId(7), AccountId(8)
USER = UserId(uuid4())


def fence_of(leases: Leases) -> Fence:
    fence = leases.fence(ACCOUNT)
    assert fence is not None
    return fence


@pytest.fixture(params=["alone", "fake", "nats"])
async def leases(request: pytest.FixtureRequest, start: Starting) -> AsyncIterator[Any]:
    if request.param == "alone":
        yield OnlyNode()
    elif request.param == "fake":
        yield SharedLeases().node("a")
    else:
        yield (await start("a")).leases


@pytest.fixture(params=["fake", "nats"])
async def both(request: pytest.FixtureRequest, start: Starting) -> AsyncIterator[Any]:
    if request.param == "fake":
        shared = SharedLeases()
        yield shared.node("a"), shared.node("b")
    else:
        yield (await start("a")).leases, (await start("b")).leases


async def test_what_nobody_has_can_be_held_and_stays_held(leases) -> None:
    assert await leases.hold(ACCOUNT)
    fence = leases.fence(ACCOUNT)

    assert await leases.hold(ACCOUNT)

    assert fence is not None
    assert leases.fence(ACCOUNT) == fence


async def test_one_node_at_a_time_holds_an_account(both) -> None:
    first, second = both

    assert await first.hold(ACCOUNT)
    assert not await second.hold(ACCOUNT)
    assert await second.hold(OTHER)

    assert second.fence(ACCOUNT) is None
    assert second.fence(OTHER) is not None


async def test_what_is_handed_over_goes_at_once_and_under_a_higher_fence(both) -> None:
    first, second = both
    await first.hold(ACCOUNT)
    before = fence_of(first)

    await first.hand_over()

    assert first.fence(ACCOUNT) is None
    assert await second.hold(ACCOUNT)
    assert fence_of(second) > before


async def test_a_node_that_stops_takes_nothing_any_more(start: Starting) -> None:
    node = await start("a")

    await node.leases.hand_over()

    assert not await node.leases.hold(ACCOUNT)


async def test_a_lease_outlives_its_time_while_its_node_lives(start: Starting) -> None:
    first, second = await start("a"), await start("b")
    await first.leases.hold(ACCOUNT)
    fence = fence_of(first.leases)
    revision = first.bucket.held["account.7"].revision

    async def is_renewed_often() -> bool:
        return first.bucket.held["account.7"].revision >= revision + 5

    await eventually(is_renewed_often)

    assert fence_of(first.leases) == fence
    assert not await second.leases.hold(ACCOUNT)


async def test_a_node_that_falls_silent_believes_no_longer_than_others_wait(
    start: Starting,
) -> None:
    silent, other = await start("a"), await start("b")
    await silent.leases.hold(ACCOUNT)
    fence = fence_of(silent.leases)
    silent.pause()

    async def is_taken_over() -> bool:
        is_held = await other.leases.hold(ACCOUNT)
        assert not is_held or silent.leases.fence(ACCOUNT) is None
        return is_held

    await eventually(is_taken_over)

    assert fence_of(other.leases) > fence
    assert not await silent.leases.hold(ACCOUNT)


async def test_a_lease_that_another_took_is_lost_at_the_next_renewal(start: Starting) -> None:
    first, second = await start("a"), await start("b")
    await first.leases.hold(ACCOUNT)
    await second.bucket._bucket.put("account.7", b"b")

    await first.bucket.renew()

    assert first.leases.fence(ACCOUNT) is None
    assert first.leases.held == 0
    assert first.leases.changes == 2


async def test_a_renewal_whose_answer_was_missed_loses_nothing(start: Starting) -> None:
    node = await start("a")
    await node.leases.hold(ACCOUNT)
    fence = fence_of(node.leases)
    await node.bucket._bucket.put("account.7", b"a")

    await node.bucket.renew()

    assert fence_of(node.leases) == fence


async def test_taking_whose_answer_was_missed_is_this_nodes_all_the_same(start: Starting) -> None:
    node = await start("a")
    await node.bucket._bucket.put("account.7", b"a")

    assert await node.leases.hold(ACCOUNT)


async def test_a_fence_that_is_not_taken_is_no_lease(
    start: Starting, fences: InMemoryFences
) -> None:
    first, second = await start("a"), await start("b")

    fences.failure = StorageUnavailable()
    assert not await first.leases.hold(OTHER)
    fences.failure = None

    assert first.leases.fence(OTHER) is None
    assert await second.leases.hold(OTHER)  # it was let go at once


async def test_an_older_fence_is_no_lease(start: Starting, fences: InMemoryFences) -> None:
    node = await start("a")
    fences.newest[ACCOUNT] = Fence(1 << 62)

    assert not await node.leases.hold(ACCOUNT)
    assert node.leases.fence(ACCOUNT) is None


async def test_a_write_that_was_refused_ends_the_lease_at_once(
    start: Starting, fences: InMemoryFences
) -> None:
    node = await start("a")
    await node.leases.hold(ACCOUNT)
    fence = fence_of(node.leases)

    fences.refuse(ACCOUNT, Fence(fence - 1))
    assert fence_of(node.leases) == fence
    fences.refuse(ACCOUNT, fence)

    assert node.leases.fence(ACCOUNT) is None


async def test_while_the_server_is_away_what_is_held_stays_and_nothing_is_taken(
    start: Starting, server: NatsServer
) -> None:
    node = await start("a")
    await node.leases.hold(ACCOUNT)
    fence = fence_of(node.leases)
    server.stop()

    async def is_noticed() -> bool:
        return not node.connection.connected

    await eventually(is_noticed)
    assert await node.leases.hold(ACCOUNT)
    assert not await node.leases.hold(OTHER)
    assert await node.turns.begin(USER)
    server.start()

    async def is_renewed() -> bool:
        held = node.bucket.held["account.7"]
        return held.revision > before and not held.is_unanswered

    before = node.bucket.held["account.7"].revision
    await eventually(is_renewed)
    assert fence_of(node.leases) == fence


async def test_fences_grow_although_the_server_lost_its_disk(
    start: Starting, server: NatsServer
) -> None:
    node = await start("a")
    await node.leases.hold(ACCOUNT)
    before = fence_of(node.leases)
    server.stop()
    server.lose_everything()
    server.start()
    made = node.bucket._made_minute

    async def is_lost() -> bool:
        return node.leases.fence(ACCOUNT) is None

    await eventually(is_lost)
    node.bucket._made_minute = made + 1  # a bucket made anew within a minute is no case

    async def is_held() -> bool:
        return await node.leases.hold(ACCOUNT)

    await eventually(is_held)
    assert fence_of(node.leases) > before


async def test_an_account_that_nobody_asks_for_is_let_go_and_told_of(
    start: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.nats.leases.LINGER_SECONDS", 0.1)
    monkeypatch.setattr("adapters.nats.leases.LOOK_SECONDS", 0.01)
    first, second = await start("a"), await start("b")
    freed = []

    async def hear(message) -> None:
        freed.append(message.subject)

    await second.connection.subscribe("freed.*", hear)
    await first.leases.hold(ACCOUNT)

    async with running(first.leases.run()):

        async def is_free() -> bool:
            return freed == ["freed.7"]

        await eventually(is_free)
    assert await second.leases.hold(ACCOUNT)


async def test_one_node_at_a_time_has_the_turn(start: Starting) -> None:
    first, second = (await start("a")).turns, (await start("b")).turns

    assert await first.begin(USER)
    assert not await second.begin(USER)
    await second.end(USER)
    assert not await second.begin(USER)
    await first.end(USER)
    assert await second.begin(USER)


async def test_all_nodes_agree_on_the_seconds(start: Starting) -> None:
    node = await start("a")
    other = LeaseBucket(
        node.connection, node_id=NodeId("b"), clock=SystemClock(), seconds=LEASE_SECONDS * 2
    )

    with pytest.raises(LeaseSecondsDiffer, match=r"LEASE_SECONDS: it is 2 here.* agreed on 1;"):
        await other.open()


async def test_a_bucket_that_an_operator_changed_is_taken_as_it_is(start: Starting) -> None:
    node = await start("a")
    stream = node.connection.client.jetstream()
    config = (await stream.stream_info("KV_leases")).config
    await stream.update_stream(config.evolve(description="ours, on three servers"))

    other = await start("b")

    assert await other.leases.hold(ACCOUNT)
    assert not await node.leases.hold(ACCOUNT)


async def test_what_is_renewed_while_it_is_let_go_is_let_go(start: Starting) -> None:
    first, second = await start("a"), await start("b")
    await first.leases.hold(ACCOUNT)
    await first.bucket._bucket.put("account.7", first.bucket.held["account.7"].value)

    await first.leases.hand_over()

    assert await second.leases.hold(ACCOUNT)


async def test_a_server_that_keeps_nothing_is_a_sentence() -> None:
    with nats_server(keeps=False) as server:
        connection = NatsConnection([server.url])
        await connection.open()
        bucket = LeaseBucket(connection, node_id=NodeId("a"), clock=SystemClock(), seconds=1)

        with pytest.raises(NoJetStream, match="NATS_URL: the server keeps nothing"):
            await bucket.open()

        await connection.close()
