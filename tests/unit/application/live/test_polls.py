from datetime import timedelta
from itertools import pairwise

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from application.live.feed.subscription import FeedKey
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import AccountId

OTHER_HOME = AccountId(77)


def polls_at(world) -> list[float]:
    """When the live polls left, in seconds since the epoch."""
    return [at.timestamp() for method, at in world.cloud.calls if method == "usages"]


def pauses(world) -> list[float]:
    """The seconds between the live polls."""
    return [round(later - sooner, 3) for sooner, later in pairwise(polls_at(world))]


async def test_nobody_is_polled_for_nobody(world) -> None:
    await world.resident()
    await world.clock.advance(60)
    assert polls_at(world) == []


@pytest.mark.parametrize("streams", [1, 20])
async def test_an_account_is_polled_once_a_second_however_many_watch(world, watch, streams) -> None:
    caller = await world.resident()
    for _ in range(streams):
        await watch(world, caller)
    await world.clock.advance(30)
    assert min(pauses(world)) >= 1
    assert len(polls_at(world)) in {30, 31}


async def test_two_users_of_one_account_share_its_polls(world, watch) -> None:
    for name in ("ada", "bob"):
        caller = await world.resident(f"{name}@example.com", f"{name}@emporia.example")
        await watch(world, caller)
    await world.clock.advance(30)
    assert min(pauses(world)) >= 1


async def test_each_account_polls_at_its_own_place_in_the_second(world, watch) -> None:
    ada, bob = await world.sign_up("ada@example.com"), await world.sign_up("bob@example.com")
    await world.link(ada)
    await world.link(bob, "cabin@example.com", account=OTHER_HOME)
    await watch(world, ada)
    await watch(world, bob)
    await world.clock.advance(30)
    assert len({round(at % 1, 3) for at in polls_at(world)[10:]}) == 2


async def test_reads_of_now_cost_nothing_while_somebody_watches(world, watch) -> None:
    caller = await world.resident()
    await watch(world, caller)
    for _ in range(10):
        await world.clock.advance(1)
        await world.read_instant(world.now_query(caller))
    assert min(pauses(world)) >= 1


async def test_polls_stop_soon_after_the_last_one_leaves(world, watch) -> None:
    caller = await world.resident()
    first, last = await watch(world, caller), await watch(world, caller)
    await world.clock.advance(10)
    await first.close()
    await world.clock.advance(10)
    assert world.clock.now().timestamp() - polls_at(world)[-1] <= 1
    await last.close()
    left_at = world.clock.now().timestamp()
    await world.clock.advance(60)
    assert 4 <= polls_at(world)[-1] - left_at <= 6


async def test_whoever_comes_within_the_linger_keeps_the_polls_going(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller)
    await world.clock.advance(10)
    await listener.close()
    await world.clock.advance(4.9)
    again = await watch(world, caller)
    await world.clock.advance(30)
    assert max(pauses(world)[1:]) == 1
    assert len(again.frames) in {30, 31}


async def test_whoever_comes_after_the_linger_starts_them_anew(world, watch) -> None:
    caller = await world.resident()
    await (await watch(world, caller)).close()
    await world.clock.advance(60)
    before = len(polls_at(world))
    listener = await watch(world, caller)
    assert len(polls_at(world)) == before + 1
    await world.clock.advance(10)
    assert len(listener.frames) >= 11


async def test_whoever_comes_just_after_a_read_of_now_is_not_polled_for_at_once(
    world, watch
) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    await world.clock.advance(0.5)
    listener = await watch(world, caller)
    assert (len(listener.frames), len(polls_at(world))) == (1, 1)
    await world.clock.advance(30)
    assert 1 <= min(pauses(world)) <= max(pauses(world)) < 2


async def test_whoever_comes_long_after_a_read_of_now_is_polled_for_at_once(world, watch) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    await world.clock.advance(2)
    await watch(world, caller)
    assert pauses(world) == [2]


async def test_a_sample_from_before_the_clock_was_set_back_is_not_waited_out(world, watch) -> None:
    caller = await world.resident()
    await world.samples.poll(FeedKey(HOME), Purpose.READ)
    world.clock.set_by(-timedelta(hours=1))
    await world.clock.advance(10)
    await watch(world, caller)
    assert len(polls_at(world)) == 2


async def test_a_poll_that_takes_long_never_overlaps_the_next(world, watch) -> None:
    caller = await world.resident()
    world.cloud.answer_seconds = 2.3
    await watch(world, caller)
    await world.clock.advance(60)
    assert min(pauses(world)) >= 2.3
    assert max(pauses(world)[1:]) <= 3.3


async def test_a_poll_that_took_long_is_not_made_up_for(world, watch) -> None:
    await watch(world, await world.resident())
    world.cloud.answer_seconds = 10
    await world.clock.advance(5)
    world.cloud.answer_seconds = 0
    await world.clock.advance(30)
    assert min(pauses(world)) >= 1


async def test_two_users_of_one_account_share_its_budget(make_world, watch) -> None:
    world = make_world(daily_requests=20)
    for name in ("ada", "bob"):
        caller = await world.resident(f"{name}@example.com", f"{name}@emporia.example")
        await watch(world, caller)
    await world.clock.advance(300)
    assert (await world.budgets.status(HOME)).spent == len(world.cloud.calls) == 7


async def test_a_spent_budget_is_no_error_and_frames_go_on(make_world, watch) -> None:
    world = make_world(daily_requests=20)
    caller = await world.resident()
    for _ in range(16):
        await world.budgets.record(HOME)
    listener = await watch(world, caller)
    await world.clock.advance(300)
    assert len(polls_at(world)) == 1
    assert len(listener.frames) == 301
    assert listener.notices == []


async def test_a_spent_budget_is_noticed_as_free_within_a_minute(make_world, watch) -> None:
    world = make_world(daily_requests=10)
    caller = await world.resident()
    for _ in range(9):
        await world.budgets.record(HOME)
    await world.clock.advance(86_400 - 10)
    listener = await watch(world, caller)
    await world.clock.advance(60)
    assert listener.heard == []
    await world.clock.advance(71)
    assert listener.frames


async def test_closing_the_feeds_stops_every_poll(world, watch) -> None:
    listener = await watch(world, await world.resident())
    await world.clock.advance(5)
    await world.feeds.close()
    before = len(polls_at(world))
    await world.clock.advance(60)
    assert len(polls_at(world)) == before
    await listener.close()
    assert world.open_streams.of_user(listener.stream.user_id) == ()
