"""A wall clock that is set makes nothing old look new, and stops no poll."""

from datetime import datetime, timedelta

import pytest

from application.live.feed.subscription import Subscription

BACK, FORWARD = timedelta(hours=-2), timedelta(hours=25)


@pytest.mark.parametrize("change", [BACK, FORWARD])
async def test_now_is_asked_for_anew_although_the_clock_was_set(world, change) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    world.clock.set_by(change)
    await world.clock.advance(10)
    world.cloud.watts = 1234.0
    usages = (await world.read_instant(world.now_query(caller))).content
    assert usages["devices"][0]["channelUsages"][0]["usage"] == 1234.0 / 60_000


@pytest.mark.parametrize("change", [BACK, FORWARD])
async def test_a_sample_of_a_moment_ago_stays_one(world, change) -> None:
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    world.clock.set_by(change)
    await world.read_instant(world.now_query(caller))
    assert world.cloud.requests("usages") == 1


@pytest.mark.parametrize("change", [BACK, FORWARD])
async def test_an_old_device_list_is_asked_for_anew_and_a_new_one_is_not(world, change) -> None:
    caller = await world.resident()
    world.clock.set_by(change)
    await world.list_devices(caller)
    before = world.cloud.requests("customer")
    await world.clock.advance(61)
    await world.list_devices(caller)
    assert (before, world.cloud.requests("customer")) == (1, 2)


@pytest.mark.parametrize("change", [BACK, FORWARD])
async def test_polls_and_frames_go_on_every_second(world, watch, change) -> None:
    listener = await watch(world, await world.resident(), Subscription())
    await world.clock.advance(10)
    world.clock.set_by(change)
    before = world.cloud.requests("usages")
    listener.forget()
    await world.clock.advance(10)
    assert world.cloud.requests("usages") - before >= 9
    assert len(listener.frames) >= 9
    assert not any(data["live"]["stale"] for data in listener.data)
    now = world.clock.now().isoformat()[:16]
    assert listener.data[-1]["live"]["nextPollAt"][:16] == now


async def test_polls_stop_after_the_last_reader_although_the_clock_was_set_back(
    world, watch
) -> None:
    listener = await watch(world, await world.resident())
    await world.clock.advance(5)
    await listener.close()
    world.clock.set_by(BACK)
    await world.clock.advance(10)
    before = world.cloud.requests("usages")
    await world.clock.advance(60)
    assert world.cloud.requests("usages") == before


@pytest.mark.parametrize("change", [BACK, FORWARD])
async def test_the_next_poll_is_told_by_the_clock_as_it_is_now(make_world, watch, change) -> None:
    world = make_world(daily_requests=2000)
    listener = await watch(world, await world.resident(), Subscription())
    await world.clock.advance(90)
    world.clock.set_by(change)
    await world.clock.advance(2)
    told = datetime.fromisoformat(listener.data[-1]["live"]["nextPollAt"])
    assert timedelta(0) <= told - world.clock.now() <= timedelta(minutes=1)
