"""When polls leave where there is a budget: they follow the data, and then what is left."""

from itertools import pairwise

from adapters.fake.emporia.emporia_gateway import HOME
from application.live.feed.outlet import StreamNotice
from application.live.feed.subscription import Subscription
from domain.emporia.usage import Scale
from domain.errors import EmporiaUnavailable

BY_SECOND = Subscription(scale=Scale.SECOND)


def polls_at(world) -> list[float]:
    """When the polls left, in seconds since the epoch."""
    return [at.timestamp() for method, at in world.cloud.calls if method == "usages"]


def pauses(world) -> list[int]:
    """The seconds between the polls."""
    return [round(later - sooner) for sooner, later in pairwise(polls_at(world))]


async def publish(world, *, minutes: int, at: float) -> list[float]:
    """Let minutes pass in which the cloud shows something new so many seconds into each.

    How long the gateway took to see each.
    """
    seen_after = []
    for _ in range(minutes):
        await world.clock.advance(at)
        published_at = world.clock.now().timestamp()
        world.cloud.watts += 1
        await world.clock.advance(60 - at)
        polled_at = [each for each in polls_at(world) if each >= published_at]
        seen_after.append(min(polled_at, default=world.clock.now().timestamp()) - published_at)
    return seen_after


async def test_polls_find_out_when_the_minute_is_published(make_world, watch) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    await watch(world, await world.resident())
    seen_after = await publish(world, minutes=30, at=35)
    assert max(seen_after[1:]) <= 11
    assert len(polls_at(world)) <= 30 * 1.2 + 5


async def test_polls_follow_a_publication_that_moves_both_ways(make_world, watch) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    await watch(world, await world.resident())
    await publish(world, minutes=2, at=20)
    later = await publish(world, minutes=3, at=45)
    assert max(later[1:]) <= 11
    earlier = await publish(world, minutes=30, at=30)
    assert earlier[-1] < earlier[1] / 2


async def test_a_home_that_never_changes_is_not_asked_for_in_vain(make_world, watch) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    await watch(world, await world.resident())
    await world.clock.advance(600)
    assert pauses(world) == [11, *[10] * 4, *[59] * 9]


async def test_a_read_of_now_counts_as_the_first_look_for_the_minute(make_world, watch) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    await watch(world, caller)
    await world.clock.advance(600)
    assert pauses(world) == [11, *[10] * 4, *[59] * 9]


async def test_after_an_outage_the_minute_is_looked_for_anew(make_world, watch) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    await watch(world, await world.resident())
    await publish(world, minutes=3, at=10)
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(600)
    world.cloud.failure = None
    await publish(world, minutes=1, at=40)
    assert max(await publish(world, minutes=3, at=40)) <= 11


async def test_without_a_limit_every_scale_is_polled_every_second(world, watch) -> None:
    await watch(world, await world.resident(), Subscription(scale=Scale.YEAR))
    await world.clock.advance(10)
    assert set(pauses(world)[1:]) == {1}


async def test_a_burst_gives_way_smoothly_to_a_pace_that_lasts(make_world, watch) -> None:
    world = make_world(daily_requests=2000, tick_seconds=60)
    caller = await world.resident()
    for _ in range(590):
        await world.budgets.record(HOME)
    await watch(world, caller, BY_SECOND)
    await world.clock.advance(300)
    waits = pauses(world)[1:]
    assert waits[:20] == [1] * 20
    assert waits == sorted(waits)
    assert waits[-1] > 3


async def test_two_scales_share_the_pace_of_one(make_world, watch) -> None:
    world = make_world(daily_requests=200, tick_seconds=60)
    caller = await world.resident()
    for _ in range(150):
        await world.budgets.record(HOME)
    await watch(world, caller, BY_SECOND)
    await world.clock.advance(20_000)
    alone = len(polls_at(world))
    await watch(world, caller)
    await world.clock.advance(20_000)
    together = len(polls_at(world)) - alone
    assert alone - 2 <= together <= alone + 2


async def test_an_outage_does_not_eat_the_budget(make_world, watch) -> None:
    world = make_world(daily_requests=100, tick_seconds=60)
    caller = await world.resident()
    world.cloud.failure = EmporiaUnavailable()
    listener = await watch(world, caller)
    await world.clock.advance(7200)
    assert listener.notices == [StreamNotice.POLLS_FAILING]
    assert (await world.budgets.status(HOME)).left > 30
    assert pauses(world)[-1] < 1200
