"""How a frame tells its age, to those who subscribed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from application.live.feed.subscription import FeedKey, Subscription
from domain.emporia.samples import UsageSample
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaUnavailable
from domain.instants import format_instant

BY_MINUTE = Subscription()
BY_SECOND = Subscription(scale=Scale.SECOND)


def told(listener, what: str) -> list[Any]:
    """What each frame tells of its age under this name."""
    return [data["live"][what] for data in listener.data]


def channels(listener) -> list[Any]:
    """The channels of the monitor in the newest frame."""
    monitor = listener.data[-1]["deviceListUsages"]["devices"][0]
    usages: list[Any] = monitor["channelUsages"]
    return usages


async def test_a_frame_tells_when_it_was_sampled_and_received(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_MINUTE)
    now = format_instant(world.clock.now())
    assert told(listener, "receivedAt") == [now]
    assert told(listener, "sampledAt") == [listener.data[0]["deviceListUsages"]["instant"]] == [now]


async def test_a_second_is_asked_for_when_emporia_has_it(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_SECOND)
    sampled = format_instant(world.clock.now() - timedelta(seconds=2))
    assert told(listener, "sampledAt") == [sampled]


@pytest.mark.parametrize("daily_requests", [0, 2000])
async def test_a_frame_tells_when_the_next_poll_is_due_the_first_one_too(
    make_world, watch, daily_requests
) -> None:
    world = make_world(daily_requests=daily_requests)
    listener = await watch(world, await world.resident(), BY_MINUTE)
    await world.clock.advance(100)
    polled_at = [format_instant(at) for method, at in world.cloud.calls if method == "usages"]
    dues = list(dict.fromkeys(told(listener, "nextPollAt")))
    assert dues[: len(polled_at) - 1] == polled_at[1:]
    assert datetime.fromisoformat(dues[-1]) > world.clock.now()


async def test_a_poll_that_runs_is_told_as_due_now_and_never_in_the_past(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_MINUTE)
    world.cloud.answer_seconds = 7
    listener.forget()
    await world.clock.advance(20)
    dues = [datetime.fromisoformat(due).timestamp() for due in told(listener, "nextPollAt")]
    late = [round(due - at, 6) for due, at in zip(dues, listener.heard_at, strict=True)]
    assert min(late) == 0
    assert late.count(0) >= 12


async def test_a_frame_tells_what_is_left_of_the_budget_the_first_one_too(
    make_world, watch
) -> None:
    world = make_world(daily_requests=2000)
    listener = await watch(world, await world.resident(), BY_MINUTE)
    await world.clock.advance(9)
    await world.budgets.record(HOME)
    await world.clock.advance(5)
    assert told(listener, "budgetLeft") == [*[1998] * 10, 1997, *[1996] * 4]


async def test_whoever_joins_is_told_the_truth_at_once(make_world, watch) -> None:
    world = make_world(daily_requests=2000)
    caller = await world.resident()
    await world.read_instant(world.now_query(caller))
    listener = await watch(world, caller, BY_MINUTE)
    assert told(listener, "budgetLeft") == [1998]
    await world.clock.advance(1)
    assert told(listener, "budgetLeft") == [1998, 1998]
    await world.clock.advance(10)
    assert told(listener, "budgetLeft")[-1] == 1997


async def test_without_a_limit_nothing_is_told_to_be_left(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_MINUTE)
    assert told(listener, "budgetLeft") == [None]


async def test_a_sample_goes_stale_while_polls_fail_and_the_next_one_is_fresh(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_SECOND)
    await world.clock.advance(1)
    world.cloud.failure = EmporiaUnavailable()
    listener.forget()
    await world.clock.advance(30)
    assert told(listener, "stale") == [*[False] * 6, *[True] * 24]
    world.cloud.failure = None
    await world.clock.advance(61)
    assert told(listener, "stale")[-1] is False


async def test_a_sample_goes_stale_when_the_budget_slows_the_polls(make_world, watch) -> None:
    world = make_world(daily_requests=2000)
    caller = await world.resident()
    for _ in range(1500):
        await world.budgets.record(HOME)
    listener = await watch(world, caller, BY_SECOND)
    await world.clock.advance(60)
    assert told(listener, "stale")[:9] == [*[False] * 8, True]
    assert told(listener, "stale")[-1] is True
    assert world.cloud.requests("usages") == 1


async def test_a_stale_sample_is_told_as_such_to_whoever_joins(world, watch) -> None:
    caller = await world.resident()
    await watch(world, caller, BY_SECOND)
    world.cloud.failure = EmporiaUnavailable()
    await world.clock.advance(30)
    assert told(await watch(world, caller, BY_SECOND), "stale") == [True]


@pytest.mark.parametrize(("scale", "watts"), [(Scale.MINUTE, 600), (Scale.SECOND, 36_000)])
async def test_watts_stand_beside_usages_nested_ones_too(world, watch, scale, watts) -> None:
    listener = await watch(world, await world.resident(), Subscription(scale=scale))
    mains, circuit = channels(listener)
    plug = circuit["nestedDevices"][0]["channelUsages"][0]
    assert [each["watts"] for each in (mains, circuit, plug)] == [
        pytest.approx(part * watts) for part in (1, 0.5, 0.1)
    ]


@pytest.mark.parametrize(
    "subscription",
    [Subscription(scale=Scale.HOUR), Subscription(unit=EnergyUnit.AMP_HOURS)],
)
async def test_what_is_no_power_has_no_watts(world, watch, subscription) -> None:
    listener = await watch(world, await world.resident(), subscription)
    assert "watts" not in channels(listener)[0]


async def test_a_usage_that_has_not_come_yet_stays_null(world, watch) -> None:
    caller = await world.resident()
    sample = await world.samples.poll(FeedKey(HOME), None)
    sample.document.content["devices"][0]["channelUsages"][0]["usage"] = None
    world.cloud.failure = EmporiaUnavailable()
    listener = await watch(world, caller, BY_MINUTE)
    assert (channels(listener)[0]["usage"], channels(listener)[0]["watts"]) == (None, None)


async def test_a_sample_of_a_home_without_devices_tells_its_age_too(world, watch) -> None:
    world.cloud.devices = ()
    listener = await watch(world, await world.resident(), BY_SECOND)
    assert told(listener, "stale") == [False]
    assert isinstance(world.samples.newest(FeedKey(HOME, Scale.SECOND)), UsageSample)
