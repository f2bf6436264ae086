"""One refresh a link, however many nodes want it."""

import asyncio
from dataclasses import replace

import pytest

from adapters.fake.emporia.leases import SharedLeases
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId
from domain.emporia.errors import LeaseLost
from domain.errors import EmporiaTimedOut, LinkDead, NotLinked

HOUR = 3600


@pytest.fixture
def shared() -> SharedLeases:
    return SharedLeases()


@pytest.fixture
async def nodes(world, shared):
    """Two nodes on one storage, a link whose tokens are at their end, and whose it is."""
    caller = await world.resident()
    link = await world.link_of(caller)
    both = [
        replace(
            world.sessions,
            leases=shared.node(name),
            turns=shared.node(name),
            refreshes=type(world.sessions.refreshes)(),
        )
        for name in "ab"
    ]
    await world.clock.advance(HOUR)
    yield both, link, caller
    for node in both:
        await node.close()


async def test_nodes_share_a_refresh(world, nodes) -> None:
    (first, second), link, _ = nodes
    world.pool.answer_seconds = 1
    renewals = [asyncio.create_task(node.renew(link)) for node in (first, second)]
    await world.clock.advance(3)

    one, other = [await renewal for renewal in renewals]

    assert one == other != link.tokens
    assert world.pool.refreshes == 1


async def test_whoever_has_the_turn_and_dies_keeps_nobody_waiting(world, nodes, shared) -> None:
    (first, _), link, _ = nodes
    shared.turns[link.user_id] = NodeId("c")
    renewal = asyncio.create_task(first.renew(link))
    await world.clock.advance(3)
    assert world.pool.refreshes == 0

    del shared.turns[link.user_id]
    await world.clock.advance(1)

    assert (await renewal) != link.tokens
    assert shared.turns == {}


async def test_a_turn_that_never_comes_is_waited_for_no_longer_than_a_call_lasts(
    world, nodes, shared
) -> None:
    (first, _), link, _ = nodes
    shared.turns[link.user_id] = NodeId("c")
    renewal = asyncio.create_task(first.renew(link))
    await world.clock.advance(31)

    with pytest.raises(EmporiaTimedOut):
        await renewal


async def test_tokens_that_another_node_kept_meanwhile_are_not_replaced(world, nodes) -> None:
    (first, _), link, caller = nodes
    newer = replace(link.tokens, id_token="theirs", issued_at=world.clock.now())
    world.pool.answer_seconds = 1
    renewal = asyncio.create_task(first.renew(link))
    await world.clock.settle()
    await world.links.replace_tokens(link.with_tokens(newer))
    await world.clock.advance(1)

    assert await renewal == newer
    assert (await world.link_of(caller)).tokens == newer


async def test_a_link_that_another_node_renewed_meanwhile_is_not_dead(world, nodes) -> None:
    (first, _), link, caller = nodes
    newer = replace(link.tokens, id_token="theirs", issued_at=world.clock.now())
    world.pool.answer_seconds = 1
    world.pool.revoked.add(link.tokens.refresh_token)
    renewal = asyncio.create_task(first.renew(link))
    await world.clock.settle()
    await world.links.replace_tokens(link.with_tokens(newer))
    await world.clock.advance(1)

    assert await renewal == newer
    assert (await world.link_of(caller)).tokens == newer


async def test_a_link_that_went_meanwhile_is_none(world, nodes) -> None:
    (first, _), link, caller = nodes
    world.pool.answer_seconds = 1
    world.pool.revoked.add(link.tokens.refresh_token)
    renewal = asyncio.create_task(first.renew(link))
    await world.clock.settle()
    await world.unlink_emporia(caller)
    await world.clock.advance(1)

    with pytest.raises((LinkDead, NotLinked)):
        await renewal


async def test_a_holder_that_was_replaced_without_noticing_keeps_no_tokens(
    world, nodes, shared
) -> None:
    (first, _), link, caller = nodes
    await shared.node("a").hold(link.account)
    world.links.newest_fences[link.account] = Fence(99)

    with pytest.raises(LeaseLost):
        await first.renew(link)

    assert (await world.link_of(caller)).tokens == link.tokens
