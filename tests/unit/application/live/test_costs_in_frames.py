"""What homes cost is told to those who asked for it, by tariffs of their own."""

import json
from typing import Any

import pytest

from application.accounts.keys.create_key import KeyRequest
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame
from application.live.feed.subscription import Subscription, View
from application.ports.billing.cost_board import HomeCost
from domain.accounts.keys import KeyLimits, KeyScope

WITH_COSTS = Subscription(wants_costs=True)


def let_cost(world, caller, *amounts: str, gid: int = 1000) -> None:
    """Let homes cost so much for this user."""
    world.costs.costs[caller.user.id] = tuple(
        HomeCost(frozenset({gid + place}), {"amount": amount})
        for place, amount in enumerate(amounts)
    )


def costs(listener) -> list[Any]:
    """What each frame tells of costs."""
    return [data["live"]["cost"] for data in listener.data]


async def test_costs_are_told_beside_the_homes(world, watch) -> None:
    caller = await world.resident()
    let_cost(world, caller, "1.20", "7")
    listener = await watch(world, caller, WITH_COSTS)
    assert costs(listener) == [[{"amount": "1.20"}, {"amount": "7"}]]
    assert "home" in listener.data[0]["live"]


async def test_costs_that_nobody_knows_are_null(world, watch) -> None:
    caller = await world.resident()
    listener = await watch(world, caller, WITH_COSTS)
    let_cost(world, caller)
    await world.clock.advance(1)
    assert costs(listener) == [None, None]


async def test_new_costs_are_in_the_next_frame(world, watch) -> None:
    caller = await world.resident()
    let_cost(world, caller, "1.20")
    listener = await watch(world, caller, WITH_COSTS)
    let_cost(world, caller, "1.30")
    await world.clock.advance(1)
    assert costs(listener) == [[{"amount": "1.20"}], [{"amount": "1.30"}]]


async def test_of_some_devices_only_their_homes_costs_are_told(world, watch) -> None:
    caller = await world.resident()
    let_cost(world, caller, "1.20", "7", gid=999)
    view = View(gids=frozenset({1000, 1001}), tells_age=True)
    listener = await watch(world, caller, Subscription(view=view, wants_costs=True))
    assert costs(listener) == [[{"amount": "7"}]]


async def test_each_user_of_an_account_sees_costs_of_their_own(world, watch) -> None:
    ada = await world.resident()
    bob = await world.resident("bob@example.com")
    let_cost(world, ada, "1.20")
    let_cost(world, bob, "9")
    adas, bobs = await watch(world, ada, WITH_COSTS), await watch(world, bob, WITH_COSTS)
    assert costs(adas)[-1] == [{"amount": "1.20"}]
    assert costs(bobs)[-1] == [{"amount": "9"}]


async def test_who_asks_for_no_costs_is_told_none_and_has_none_worked_out(world, watch) -> None:
    caller = await world.resident()
    let_cost(world, caller, "1.20")
    listener = await watch(world, caller, Subscription())
    assert "cost" not in listener.data[0]["live"]
    assert world.costs.asked == 0


@pytest.mark.parametrize(
    ("limits", "is_told"), [(None, True), (KeyLimits(devices=frozenset({1000})), False)]
)
async def test_a_key_that_is_limited_is_told_no_costs(world, limits, is_told) -> None:
    caller = await world.resident()
    let_cost(world, caller, "1.20")
    request = KeyRequest(name="display", scopes=frozenset({KeyScope.STREAM}), limits=limits)
    _, secret = await world.make_key(caller, request)
    mailbox = Mailbox()
    stream = await world.stream_usage.open(secret.value, mailbox)
    world.stream_usage.subscribe(stream, WITH_COSTS)
    await world.stream_usage.watch(stream)
    await world.clock.advance(1)
    frame = await mailbox.take()
    assert isinstance(frame, Frame)
    assert ("cost" in json.loads(frame.text)["data"]["live"]) is is_told
    assert (world.costs.asked > 0) is is_told
    world.stream_usage.close(stream)


async def test_a_frame_with_costs_is_encoded_once_for_all_who_see_it(world, watch) -> None:
    """Costs are at hand: however many watch, each tick asks once for all of them."""
    caller = await world.resident()
    let_cost(world, caller, "1.20")
    listeners = [await watch(world, caller, WITH_COSTS) for _ in range(20)]
    asked = world.costs.asked
    await world.clock.advance(1)
    assert (world.costs.asked, world.encoder.encoded) == (asked + 1, 1)
    assert len({id(listener.frames[-1]) for listener in listeners}) == 1


async def test_a_replay_that_goes_live_goes_on_telling_costs(world) -> None:
    caller = await world.resident()
    stream = await world.open(caller)
    world.stream_usage.subscribe(stream, WITH_COSTS)
    gone = stream.subscription.gone_live()
    assert (gone.wants_costs, gone.view.priced_for) == (True, caller.user.id)
    world.stream_usage.close(stream)
