import dataclasses
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from application.live.feed.outlet import StreamNotice
from application.live.feed.subscription import Subscription
from domain.emporia.channels import Channel
from domain.emporia.usage import Scale
from domain.live.playback import LONGEST_DELAY

Replay = Callable[..., Awaitable[Any]]


def seconds_of(listener: Any) -> list[float]:
    return [datetime.fromisoformat(each["live"]["sampledAt"]).timestamp() for each in listener.data]


def usages_of(listener: Any) -> list[float | None]:
    """What the mains used in each frame."""
    return [
        each["deviceListUsages"]["devices"][0]["channelUsages"][0]["usage"]
        for each in listener.data
    ]


async def test_each_second_is_shown_once_in_order_and_true(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())

    await world.clock.advance(600)

    seconds = seconds_of(listener)
    assert len(seconds) == 600
    assert seconds == [seconds[0] + place for place in range(600)]
    assert usages_of(listener) == [
        world.cloud.second_usage(int(second), world.clock.now()) for second in seconds
    ]
    ages = [heard_at - second for heard_at, second in zip(listener.heard_at, seconds, strict=True)]
    assert max(ages) <= LONGEST_DELAY
    assert [each["live"]["ageSeconds"] for each in listener.data] == ages
    assert {each["live"]["quality"] for each in listener.data} == {"live"}
    assert world.cloud.requests("chart") <= 12


async def test_a_frame_has_the_shape_of_a_live_one_with_circuits_that_nobody_asked_for(
    make_replaying: Callable[..., Any], replay: Replay, watch: Any
) -> None:
    world = make_replaying()
    [panel_device] = world.cloud.devices
    kitchen = Channel(number="1", name="Kitchen")
    world.cloud.devices = (dataclasses.replace(panel_device, channels=(kitchen,)),)
    caller = await world.resident()
    live = await watch(world, caller, Subscription(scale=Scale.SECOND))
    listener = await replay(world, caller)
    await world.clock.advance(3)

    frame, known = listener.data[-1], live.data[-1]
    assert frame["deviceListUsages"].keys() == known["deviceListUsages"].keys()
    assert frame["live"].keys() == known["live"].keys() | {"quality", "ageSeconds"}
    [panel] = frame["deviceListUsages"]["devices"]
    mains, circuit = panel["channelUsages"]
    assert panel["deviceGid"] == 1000
    assert mains.keys() == known["deviceListUsages"]["devices"][0]["channelUsages"][0].keys()
    assert mains["watts"] == mains["usage"] * 3_600_000
    assert (circuit["name"], circuit["usage"], circuit["watts"]) == ("Kitchen", None, None)
    [home] = frame["live"]["home"]
    assert home["gridWatts"] == mains["watts"]
    assert frame["live"]["stale"] is False
    assert frame["live"]["nextPollAt"] > frame["live"]["receivedAt"]


async def test_gaps_are_told_as_missing_and_the_rest_of_a_minute_as_averaged(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()

    def patchy(second: int, now: datetime) -> float | None:
        if second >= now.timestamp() - 2 or second % 60 == 7:
            return None
        return 0.5 if second % 60 >= 30 else float(second % 1000 + 1)

    world.cloud.second_usage = patchy
    listener = await replay(world, await world.resident())
    await world.clock.advance(300)

    told = {
        int(second) % 60: each["live"]["quality"]
        for second, each in zip(seconds_of(listener), listener.data, strict=True)
    }
    assert told == {
        place: "missing" if place == 7 else "averaged" if place >= 30 else "live"
        for place in range(60)
    }
    assert len(listener.frames) == 300
    assert usages_of(listener).count(None) == 5


async def test_two_viewers_share_every_fetch_and_every_frame(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    first = await replay(world, caller)
    second = await replay(world, caller, frozenset({1000}))

    await world.clock.advance(130)

    assert first.frames == second.frames
    assert first.frames[-1] is second.frames[-1]
    assert world.cloud.requests("chart") == 4
    assert world.feeds.count == 1


async def test_one_viewer_who_leaves_takes_nothing_from_the_other(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    stays, leaves = await replay(world, caller), await replay(world, caller)

    await leaves.close()
    await world.clock.advance(130)

    assert len(stays.frames) == 130


async def test_who_comes_later_begins_with_the_second_that_is_shown(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    first = await replay(world, caller)
    await world.clock.advance(10.5)

    second = await replay(world, caller)

    assert second.frames == [first.frames[-1]]


async def test_leaving_stops_the_fetches(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())
    await world.clock.advance(90)
    asked = world.cloud.requests("chart")

    await listener.close()
    await world.clock.advance(600)

    assert world.cloud.requests("chart") == asked
    assert world.feeds.count == 0


async def test_who_comes_back_within_the_minute_goes_on(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    caller = await world.resident()
    await (await replay(world, caller)).close()
    await world.clock.advance(2)

    listener = await replay(world, caller)
    await world.clock.advance(120)

    assert len(set(seconds_of(listener))) == len(listener.frames) >= 120


async def test_asking_for_it_again_shows_no_second_twice(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    listener = await replay(world, await world.resident())
    await world.clock.advance(5.5)

    world.stream_usage.subscribe(listener.stream, listener.stream.subscription)
    await world.clock.advance(5)

    assert len(set(seconds_of(listener))) == len(listener.frames)


async def test_ten_flat_minutes_are_told_and_the_newest_minute_follows(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    world.cloud.second_usage = lambda second, now: 0.5 if second < now.timestamp() - 2 else None
    listener = await replay(world, await world.resident())
    await world.clock.advance(13 * 60)

    assert listener.notices == [StreamNotice.SECONDS_FLAT]
    assert [each["deviceListUsages"]["scale"] for each in listener.data[-60:]] == ["1MIN"] * 60
    assert "quality" not in listener.data[-1]["live"]
    asked = world.cloud.requests("chart")
    await world.clock.advance(300)
    assert world.cloud.requests("chart") == asked
    assert world.feeds.count == 1


async def test_a_second_that_can_not_be_shown_does_not_stop_the_clock(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    true_second = world.cloud.second_usage
    world.cloud.second_usage = lambda second, now: (
        "no number" if second % 60 == 50 else true_second(second, now)
    )
    listener = await replay(world, await world.resident())

    await world.clock.advance(120)

    assert len(listener.frames) == 118
    assert not any(second % 60 == 50 for second in seconds_of(listener))
