"""What somebody sees first who comes after a time without viewers."""

import pytest

from application.live.feed.outlet import StreamNotice
from domain.errors import EmporiaUnavailable, StorageBusy


def usage(data) -> float:
    """What the home uses, in watts."""
    channel = data["deviceListUsages"]["devices"][0]["channelUsages"][0]
    return float(channel["usage"] * 60_000)


@pytest.fixture
async def caller(world):
    """Somebody who watched a quarter of an hour ago, when the home used 2,157 W."""
    caller = await world.resident()
    world.cloud.watts = 2157.0
    await world.read_instant(world.now_query(caller))
    await world.clock.advance(900)
    world.cloud.watts = 5899.0
    return caller


async def test_the_first_frame_is_no_old_one_but_what_the_cloud_says_now(
    world, watch, caller
) -> None:
    world.cloud.answer_seconds = 0.5
    listener = await watch(world, caller)
    assert listener.frames == []
    await world.clock.advance(0.5)
    assert [round(usage(data)) for data in listener.data] == [5899]


async def test_after_two_seconds_without_an_answer_the_old_one_goes_out(
    world, watch, caller
) -> None:
    world.cloud.answer_seconds = 9
    listener = await watch(world, caller)
    await world.clock.advance(1.9)
    assert listener.heard == []
    await world.clock.advance(0.1)
    assert round(usage(listener.data[0])) == 2157
    await world.clock.advance(8)
    assert round(usage(listener.data[-1])) == 5899


@pytest.mark.parametrize("failure", [EmporiaUnavailable(), RuntimeError("a bug of our own")])
async def test_where_the_cloud_fails_the_outage_is_told_and_then_the_old_one(
    world, watch, caller, failure
) -> None:
    world.cloud.failure = failure
    listener = await watch(world, caller)
    assert listener.notices == [StreamNotice.POLLS_FAILING]
    assert round(usage(listener.data[0])) == 2157


async def test_whoever_comes_with_a_locked_database_is_told_and_gets_frames(
    make_world, watch, caplog
) -> None:
    world = make_world(daily_requests=2000)
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    await world.clock.advance(900)
    world.ledger.failure = StorageBusy()
    world.budgets._budgets.clear()
    listener = await watch(world, caller)
    await world.clock.advance(30)
    assert listener.notices == [StreamNotice.POLLS_FAILING]
    assert len(listener.frames) >= 30
    assert not [record for record in caplog.records if record.exc_info]
    world.ledger.failure = None
    world.cloud.watts = 77.0
    await world.clock.advance(121)
    assert round(usage(listener.data[-1])) == 77
