import asyncio
from datetime import timedelta

import pytest

from domain.errors import (
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    LinkDead,
    NotLinked,
)

MINUTE = 60


async def test_tokens_with_life_left_are_used_as_they_are(world) -> None:
    link = await world.link_of(await world.resident())
    await world.clock.advance(55 * MINUTE - 0.001)
    assert await world.sessions.tokens(link) == link.tokens
    assert world.pool.refreshes == 0


async def test_tokens_are_refreshed_five_minutes_before_their_end_and_kept(world) -> None:
    caller = await world.resident()
    link = await world.link_of(caller)
    await world.clock.advance(55 * MINUTE)
    assert await world.sessions.tokens(link) == link.tokens
    await world.clock.settle()
    assert (await world.link_of(caller)).tokens.id_token == link.tokens.id_token + "+"


async def test_short_lived_tokens_are_refreshed_a_fifth_of_their_life_before(make_world) -> None:
    world = make_world(token_lifetime=timedelta(seconds=10))
    link = await world.link_of(await world.resident())
    await world.clock.advance(7.9)
    await world.sessions.tokens(link)
    assert world.pool.refreshes == 0
    await world.clock.advance(0.1)
    await world.sessions.tokens(link)
    await world.clock.settle()
    assert world.pool.refreshes == 1


async def test_callers_at_the_same_time_share_a_refresh(world) -> None:
    link = await world.link_of(await world.resident())
    await world.clock.advance(60 * MINUTE)
    every = await asyncio.gather(*(world.sessions.tokens(link) for _ in range(5)))
    assert world.pool.refreshes == 1
    assert len({tokens.id_token for tokens in every}) == 1


async def test_whoever_comes_with_old_tokens_gets_what_somebody_else_fetched(world) -> None:
    link = await world.link_of(await world.resident())
    await world.clock.advance(60 * MINUTE)
    assert await world.sessions.tokens(link) == await world.sessions.tokens(link)
    assert world.pool.refreshes == 1


@pytest.mark.parametrize("failure", [EmporiaUnavailable(), EmporiaTimedOut(), EmporiaUnreadable()])
async def test_while_the_user_pool_is_down_a_valid_token_still_serves(world, failure) -> None:
    link = await world.link_of(await world.resident())
    world.pool.failure = failure
    await world.clock.advance(60 * MINUTE - 0.001)
    assert await world.sessions.tokens(link) == link.tokens
    await world.clock.advance(0.001)
    with pytest.raises(type(failure)):
        await world.sessions.tokens(link)


async def test_a_refused_refresh_token_is_the_death_of_the_link(world, caplog) -> None:
    caller = await world.resident()
    link = await world.link_of(caller)
    world.pool.revoked.add(link.tokens.refresh_token)
    await world.clock.advance(60 * MINUTE)
    with pytest.raises(LinkDead):
        await world.sessions.tokens(link)
    assert (await world.link_of(caller)).is_dead
    assert "the link of account 42 died" in caplog.text


async def test_a_dead_link_asks_the_user_pool_nothing(world) -> None:
    link = (await world.link_of(await world.resident())).with_tokens(None)
    with pytest.raises(LinkDead):
        await world.sessions.tokens(link)
    assert world.pool.refreshes == 0


async def test_whoever_holds_an_old_copy_of_a_dead_link_learns_of_its_death(world) -> None:
    link = await world.link_of(await world.resident())
    await world.links.replace_tokens(link.with_tokens(None))
    with pytest.raises(LinkDead):
        await world.sessions.renew(link)
    assert world.pool.refreshes == 0


async def test_an_unlinked_account_is_not_refreshed(world) -> None:
    caller = await world.resident()
    link = await world.link_of(caller)
    await world.unlink_emporia(caller)
    with pytest.raises(NotLinked):
        await world.sessions.renew(link)
    assert world.pool.refreshes == 0


async def test_unlinking_during_a_refresh_resurrects_nothing(world) -> None:
    caller = await world.resident()
    world.pool.answer_seconds = 1
    refresh = asyncio.create_task(world.sessions.renew(await world.link_of(caller)))
    await world.clock.settle()
    await world.unlink_emporia(caller)
    await world.clock.advance(1)
    with pytest.raises(NotLinked):
        await refresh
    assert not world.store.links


async def test_linking_anew_during_a_refresh_keeps_the_new_tokens(world) -> None:
    caller = await world.resident()
    world.pool.answer_seconds = 1
    refresh = asyncio.create_task(world.sessions.renew(await world.link_of(caller)))
    await world.link(caller)
    linked = await world.link_of(caller)
    await world.clock.advance(1)
    with pytest.raises(NotLinked):
        await refresh
    assert await world.link_of(caller) == linked


async def test_linking_anew_during_a_refused_refresh_buries_no_living_link(world) -> None:
    caller = await world.resident()
    old = await world.link_of(caller)
    world.pool.answer_seconds = 1
    world.pool.revoked.add(old.tokens.refresh_token)
    refresh = asyncio.create_task(world.sessions.renew(old))
    await world.link(caller)
    await world.clock.advance(1)
    with pytest.raises(LinkDead):
        await refresh
    assert not (await world.link_of(caller)).is_dead


async def test_closing_stops_a_refresh(world) -> None:
    world.pool.answer_seconds = 1
    refresh = asyncio.create_task(world.sessions.renew(await world.link_of(await world.resident())))
    await world.clock.settle()
    await world.sessions.close()
    with pytest.raises(asyncio.CancelledError):
        await refresh


async def test_a_link_to_another_account_lends_the_old_one_no_tokens(world) -> None:
    caller = await world.resident()
    old = await world.link_of(caller)
    await world.link(caller, "cabin@example.com", account=77)
    with pytest.raises(NotLinked):
        await world.sessions.renew(old)


async def test_nobody_waits_for_a_user_pool_that_is_down_while_a_token_serves(world) -> None:
    link = await world.link_of(await world.resident())
    world.pool.failure, world.pool.answer_seconds = EmporiaTimedOut(), 10
    await world.clock.advance(55 * MINUTE)
    for _ in range(280):
        assert await asyncio.wait_for(world.sessions.tokens(link), 1) == link.tokens
        await world.clock.advance(1)
    assert 3 <= world.pool.refreshes <= 9


async def test_in_a_known_outage_of_the_user_pool_nobody_waits_for_it(world) -> None:
    link = await world.link_of(await world.resident())
    world.pool.failure = EmporiaUnavailable()
    await world.clock.advance(60 * MINUTE)
    for _ in range(100):
        with pytest.raises(EmporiaUnavailable) as failure:
            await world.sessions.tokens(link)
        assert 0 < (failure.value.retry_after_seconds or 0) <= 120
        await world.clock.advance(0.5)
    assert world.pool.refreshes == 5
    world.pool.failure = None
    await world.clock.advance(60)
    with pytest.raises(EmporiaUnavailable):
        await world.sessions.tokens(link)
    await world.clock.settle()
    assert (await world.sessions.tokens(link)).id_token == link.tokens.id_token + "+"


async def test_a_refresh_after_a_failed_one_waits_for_its_time_whoever_asks(world) -> None:
    link = await world.link_of(await world.resident())
    world.pool.failure = EmporiaUnavailable(retry_after_seconds=20)
    for _ in range(3):
        with pytest.raises(EmporiaUnavailable):
            await world.sessions.renew(link)
    assert world.pool.refreshes == 1
