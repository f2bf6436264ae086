"""What a stream shows when its client chooses, and who shares what with whom."""

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from application.live.feed.outlet import StreamEnd
from application.live.feed.subscription import PLAIN, FeedKey, Subscription, View
from domain.emporia.links import AccountId
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import InvalidInput

CABIN = AccountId(77)
BY_SECOND = Subscription(scale=Scale.SECOND)
IN_DOLLARS = Subscription(unit=EnergyUnit.DOLLARS)
PLUG = Subscription(view=View(frozenset({1001}), tells_age=True))


def shown(data) -> tuple[str, str, list[int]]:
    """The scale, the unit and the devices at the top level of a frame."""
    usages = data["deviceListUsages"]
    gids = [device["deviceGid"] for device in usages["devices"]]
    return usages["scale"], usages["energyUnit"], gids


@pytest.mark.parametrize(
    ("subscription", "expected"),
    [
        (PLAIN, ("1MIN", "KilowattHours", [1000])),
        (Subscription(), ("1MIN", "KilowattHours", [1000])),
        (BY_SECOND, ("1S", "KilowattHours", [1000])),
        (IN_DOLLARS, ("1MIN", "Dollars", [1000])),
        (PLUG, ("1MIN", "KilowattHours", [1001])),
    ],
)
async def test_frames_show_what_was_subscribed_to(world, watch, subscription, expected) -> None:
    listener = await watch(world, await world.resident(), subscription)
    await world.clock.advance(3)
    assert [shown(data) for data in listener.data] == [expected] * 4


async def test_streams_of_one_account_scale_and_unit_share_a_poll(world, watch) -> None:
    ada = await world.resident("ada@example.com", "ada@emporia.example")
    bob = await world.resident("bob@example.com", "bob@emporia.example")
    for caller in (ada, bob):
        for subscription in (PLAIN, Subscription(), PLUG):
            await watch(world, caller, subscription)
    await world.clock.advance(10)
    assert world.cloud.requests("usages") in {10, 11}


async def test_another_scale_or_unit_is_polled_for_itself(world, watch) -> None:
    caller = await world.resident()
    for subscription in (PLAIN, BY_SECOND, IN_DOLLARS):
        await watch(world, caller, subscription)
    await world.clock.advance(10)
    assert world.cloud.requests("usages") in {30, 33}


async def test_streams_that_show_the_same_get_the_very_same_frame(world, watch) -> None:
    caller = await world.resident()
    others = [PLAIN, PLUG, Subscription(), BY_SECOND]
    listeners = [await watch(world, caller, each) for each in (*others, PLUG, *others)]
    for listener in listeners:
        listener.forget()
    await world.clock.advance(1)
    assert len({id(listener.frames[0]) for listener in listeners}) == len(others)


async def test_a_frame_is_encoded_once_for_all_who_show_the_same(world, watch) -> None:
    caller = await world.resident()
    for subscription in (PLAIN, PLAIN, PLUG, PLUG, PLUG):
        await watch(world, caller, subscription)
    await world.clock.advance(10)
    assert world.encoder.encoded == 2 * world.cloud.requests("usages")


async def test_a_plain_stream_is_the_same_to_the_byte_whoever_else_subscribed(
    make_world, watch
) -> None:
    alone, shared = make_world(), make_world()
    heard = []
    for world in (alone, shared):
        caller = await world.resident()
        listener = await watch(world, caller)
        for subscription in (PLUG, Subscription(), BY_SECOND)[: 3 * (world is shared)]:
            await watch(world, caller, subscription)
        await world.clock.advance(20)
        heard.append([frame.text for frame in listener.frames])
    assert len(heard[0]) == 21
    assert heard[0] == heard[1]


async def test_a_plain_frame_tells_neither_its_age_nor_watts(world, watch) -> None:
    listener = await watch(world, await world.resident())
    assert list(listener.data[0]) == ["deviceListUsages"]
    assert b"watts" not in listener.frames[0].text


async def test_subscribing_anew_shows_from_the_next_frame_on(world, watch) -> None:
    listener = await watch(world, await world.resident())
    await world.clock.advance(5.5)
    listener.forget()
    for subscription in (PLUG, BY_SECOND, IN_DOLLARS):
        world.stream_usage.subscribe(listener.stream, subscription)
        await world.clock.advance(2)
    assert [shown(data) for data in listener.data] == [
        *[("1MIN", "KilowattHours", [1001])] * 3,
        *[("1S", "KilowattHours", [1000])] * 3,
        *[("1MIN", "Dollars", [1000])] * 3,
    ]


async def test_what_was_left_is_polled_no_more(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_SECOND)
    world.stream_usage.subscribe(listener.stream, Subscription())
    await world.clock.advance(10)
    left = world.samples.newest(FeedKey(HOME, Scale.SECOND))
    await world.clock.advance(30)
    assert world.samples.newest(FeedKey(HOME, Scale.SECOND)) is left


async def test_a_subscription_outlives_a_change_of_the_account(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller, BY_SECOND)
    await world.link(caller, "cabin@example.com", account=CABIN)
    await world.clock.advance(1)
    assert listener.stream.watched == FeedKey(CABIN, Scale.SECOND)


async def test_devices_of_ones_own_may_be_subscribed_to_nested_ones_too(world, watch) -> None:
    listener = await watch(world, await world.resident())
    await world.stream_usage.check(listener.stream, PLUG)
    assert world.cloud.requests("customer") == 1


async def test_a_subscription_without_devices_asks_nobody(world, watch, monkeypatch) -> None:
    listener = await watch(world, await world.resident())
    monkeypatch.setattr(world.stream_usage.links, "of_user", None)
    assert await world.stream_usage.check(listener.stream, BY_SECOND) == BY_SECOND


async def test_foreign_devices_are_refused(world, watch) -> None:
    listener = await watch(world, await world.resident())
    foreign = Subscription(view=View(frozenset({1000, 9}), tells_age=True))
    with pytest.raises(InvalidInput, match="devices: 9 not found"):
        await world.stream_usage.check(listener.stream, foreign)


@pytest.mark.parametrize("subscription", [Subscription(), PLUG])
async def test_nothing_is_refused_to_whom_has_no_link_for_the_stream_ends_of_itself(
    world, watch, subscription
) -> None:
    listener = await watch(world, await world.sign_up())
    await world.stream_usage.check(listener.stream, subscription)
    world.stream_usage.subscribe(listener.stream, subscription)
    assert listener.heard == [StreamEnd.NO_DEVICES]


async def test_an_audience_that_has_left_costs_no_encoding(world, watch) -> None:
    caller = await world.resident()
    await watch(world, caller)
    goes = await watch(world, caller, PLUG)
    await goes.close()
    await world.clock.advance(5)
    assert world.encoder.encoded == world.cloud.requests("usages") + 1
