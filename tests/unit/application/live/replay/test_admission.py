from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from application.live.feed.subscription import PLAIN, Subscription, View
from domain.accounts.keys import KeyLimits
from domain.emporia.channels import MAINS, Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from domain.errors import NotLinked, UnknownDevice
from domain.live.errors import ReplayOff, ReplayOverBudget, ReplayWithoutPanel

Replay = Callable[..., Awaitable[Any]]

PANEL = Device(
    gid=1000,
    kind=DeviceKind.PANEL,
    channels=(Channel(number=MAINS), Channel(number="1", name="Kitchen")),
)
ASKED = Subscription(scale=Scale.SECOND, view=View(tells_age=True), wants_replay=True)


async def test_where_it_is_off_nobody_gets_it_and_nobody_is_asked(
    make_world: Callable[..., Any], replay: Replay
) -> None:
    world = make_world()
    caller = await world.resident()
    asked = len(world.cloud.calls)

    with pytest.raises(ReplayOff):
        await replay(world, caller)

    assert len(world.cloud.calls) == asked


async def test_without_a_link_there_is_nothing(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    with pytest.raises(NotLinked):
        await replay(world, await world.sign_up())


async def test_a_foreign_device_is_refused(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    with pytest.raises(UnknownDevice, match="99"):
        await replay(world, await world.resident(), frozenset({99}))


async def test_an_account_without_a_panel_is_refused(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying()
    world.cloud.devices = (Device(gid=1001, kind=DeviceKind.PLUG),)
    with pytest.raises(ReplayWithoutPanel):
        await replay(world, await world.resident())


@pytest.mark.parametrize(
    ("daily_requests", "is_enough"), [(0, True), (2000, True), (1599, True), (1598, False)]
)
async def test_the_share_of_streams_has_to_carry_a_request_a_minute(
    make_replaying: Callable[..., Any], replay: Replay, daily_requests: int, is_enough: bool
) -> None:
    world = make_replaying(daily_requests=daily_requests)
    caller = await world.resident()
    if is_enough:
        await replay(world, caller)
        return
    with pytest.raises(ReplayOverBudget):
        await replay(world, caller)


async def test_what_other_streams_of_the_account_take_counts_and_their_end_makes_room(
    make_replaying: Callable[..., Any], replay: Replay, watch: Any
) -> None:
    world = make_replaying(daily_requests=2000)
    caller = await world.resident()
    other = await watch(world, caller)
    with pytest.raises(ReplayOverBudget):
        await replay(world, caller)

    await other.close()

    await replay(world, caller)


async def test_with_twice_the_budget_both_fit(
    make_replaying: Callable[..., Any], replay: Replay, watch: Any
) -> None:
    world = make_replaying(daily_requests=3200)
    caller = await world.resident()
    await watch(world, caller)

    await replay(world, caller)


async def test_what_this_very_stream_has_watched_so_far_does_not_count(
    make_replaying: Callable[..., Any], watch: Any
) -> None:
    world = make_replaying(daily_requests=2000)
    listener = await watch(world, await world.resident(), PLAIN)

    admitted = await world.stream_usage.check(listener.stream, ASKED)
    world.stream_usage.subscribe(listener.stream, admitted)
    await world.clock.advance(2)

    assert listener.data[-1]["live"]["quality"] == "live"


async def test_one_more_viewer_of_the_same_is_let_in_whatever_the_budget_says(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying(daily_requests=2000)
    caller = await world.resident()
    await replay(world, caller)
    link = await world.link_of(caller)
    for _ in range(2000):
        await world.budgets.record(link.account)

    await replay(world, caller)


async def test_a_spent_budget_refuses(make_replaying: Callable[..., Any], replay: Replay) -> None:
    world = make_replaying(daily_requests=2000)
    caller = await world.resident()
    link = await world.link_of(caller)
    for _ in range(1800):
        await world.budgets.record(link.account)

    with pytest.raises(ReplayOverBudget):
        await replay(world, caller)


async def test_the_tenth_that_is_kept_for_reads_is_left_alone(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying(daily_requests=2000)
    caller = await world.resident()
    await replay(world, caller)
    link = await world.link_of(caller)
    await world.clock.advance(30)
    while (await world.budgets.status(link.account)).left != 200:
        await world.budgets.record(link.account)

    await world.clock.advance(600)

    assert (await world.budgets.status(link.account)).left == 200


async def test_what_is_set_aside_for_recording_is_left_alone(
    make_replaying: Callable[..., Any], replay: Replay
) -> None:
    world = make_replaying(daily_requests=2000)
    caller = await world.resident()
    await world.budgets.set_aside((await world.link_of(caller)).account, 500)

    with pytest.raises(ReplayOverBudget):
        await replay(world, caller)


async def test_other_streams_slow_down_beside_it(
    make_replaying: Callable[..., Any], replay: Replay, watch: Any
) -> None:
    world = make_replaying(daily_requests=3200)
    caller = await world.resident()
    link = await world.link_of(caller)
    for _ in range(1500):
        await world.budgets.record(link.account)
    live = await watch(world, caller)
    alone = await world.pace.slow_down_seconds(live.stream.watched)

    await replay(world, caller)

    assert await world.pace.slow_down_seconds(live.stream.watched) >= 2 * alone


async def test_a_limit_of_a_key_that_hides_the_mains_hides_the_seconds(
    make_replaying: Callable[..., Any],
) -> None:
    world = make_replaying()
    world.cloud.devices = (PANEL,)
    caller = await world.resident()
    stream = await world.open(caller)
    limits = KeyLimits(channels=frozenset({(1000, "1")}))

    with pytest.raises(ReplayWithoutPanel):
        await world.stream_usage.admit_replay(stream, None, limits=limits)
    with pytest.raises(UnknownDevice):
        await world.stream_usage.admit_replay(stream, frozenset({1000}), limits=limits)
    world.stream_usage.close(stream)
