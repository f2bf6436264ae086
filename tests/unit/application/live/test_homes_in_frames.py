"""What frames tell of the homes, to those who subscribed."""

from itertools import pairwise
from typing import Any

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from application.live.feed.subscription import Subscription, View
from domain.emporia.channels import MAINS, Channel, ChannelRole
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaRefusedRequest
from domain.live.events import SampleTaken

BY_MINUTE = Subscription()
BY_SECOND = Subscription(scale=Scale.SECOND)
WITH_FLOWS = View(tells_age=True, tells_flows=True)
MINUTES_ALONE = frozenset(Scale) - {Scale.SECOND}


def homes(listener) -> list[Any]:
    """The homes that each frame tells of."""
    return [data["live"]["home"] for data in listener.data]


def polls(world) -> int:
    asked: int = world.cloud.requests("usages")
    return asked


async def test_a_home_is_told_with_its_figures_and_what_identifies_it(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_MINUTE)
    assert homes(listener) == [
        [
            {
                "name": "Home",
                "deviceGids": [1000],
                "gridGids": [1000],
                "watts": pytest.approx(600),
                "gridWatts": pytest.approx(600),
                "solarWatts": 0.0,
                "batteryWatts": 0.0,
                "hasSolar": False,
                "hasBattery": False,
                "batteryChannels": [],
                "silentGids": [],
            }
        ]
    ]


async def test_what_goes_which_way_is_told_to_those_who_want_it(world, watch) -> None:
    listener = await watch(world, await world.resident(), Subscription(view=WITH_FLOWS))
    ((home,),) = homes(listener)
    assert home["flows"] == {
        "importWatts": pytest.approx(600),
        "exportWatts": 0,
        "generationWatts": 0,
        "selfUseWatts": 0,
        "batteryInWatts": 0,
        "batteryOutWatts": 0,
        "consumptionWatts": pytest.approx(600),
    }


async def test_it_is_told_by_which_channels_a_battery_charges_and_gives(world, watch) -> None:
    battery = Channel(number="1", role=ChannelRole.BATTERY)
    unseen = Device(gid=1001, kind=DeviceKind.BATTERY)
    panel = Device(gid=1000, kind=DeviceKind.PANEL, channels=(Channel(number=MAINS), battery))
    world.cloud.devices = (panel, unseen)
    listener = await watch(world, await world.resident(), BY_SECOND)
    ((home,),) = homes(listener)
    assert home["hasBattery"]
    assert {"gid": 1000, "channel": "1"} in home["batteryChannels"]


async def test_who_did_not_subscribe_is_told_of_no_home(world, watch) -> None:
    listener = await watch(world, await world.resident())
    assert [set(data) for data in listener.data] == [{"deviceListUsages"}]


@pytest.mark.parametrize(
    "subscription", [Subscription(scale=Scale.HOUR), Subscription(unit=EnergyUnit.AMP_HOURS)]
)
async def test_what_is_no_power_tells_of_no_home(world, watch, subscription) -> None:
    listener = await watch(world, await world.resident(), subscription)
    assert "home" not in listener.data[0]["live"]


@pytest.mark.parametrize(("gids", "told"), [({1000, 1001}, 1), ({1000}, 1), ({1001}, 0)])
async def test_a_home_is_told_where_its_panels_are_shown(world, watch, gids, told) -> None:
    view = View(gids=frozenset(gids), tells_age=True)
    listener = await watch(world, await world.resident(), Subscription(view=view))
    assert len(homes(listener)[0]) == told


async def test_an_account_without_devices_has_no_home(world, watch) -> None:
    world.cloud.devices = ()
    listener = await watch(world, await world.resident(), BY_SECOND)
    assert homes(listener) == [[]]


async def test_an_account_of_plugs_has_no_home(world, watch) -> None:
    world.cloud.devices = (Device(gid=1000, kind=DeviceKind.PLUG),)
    listener = await watch(world, await world.resident(), BY_SECOND)
    assert homes(listener) == [[]]


async def test_a_home_stays_told_while_the_device_list_is_asked_for_anew(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_SECOND)
    world.cloud.failure = EmporiaRefusedRequest()
    await world.clock.advance(5)
    assert {len(told) for told in homes(listener)} == {1}


async def test_mains_unknown_by_the_second_are_told_as_the_newest_minute(world, watch) -> None:
    world.cloud.knows_mains_by = MINUTES_ALONE
    listener = await watch(world, await world.resident(), BY_SECOND)
    await world.clock.advance(3)
    first, *_, (last,) = homes(listener)
    assert (first[0]["watts"], first[0]["silentGids"]) == (None, [1000])
    assert "newestMinute" not in first[0]
    assert last["gridWatts"] is None
    assert last["newestMinute"] == {
        "sampledAt": last["newestMinute"]["sampledAt"],
        "watts": pytest.approx(600),
        "gridWatts": pytest.approx(600),
        "solarWatts": 0.0,
        "batteryWatts": 0.0,
    }


async def test_the_minute_takes_the_place_of_a_second_and_adds_no_request(
    make_world, watch
) -> None:
    counted = []
    for known in (frozenset(Scale), MINUTES_ALONE):
        world = make_world()
        world.cloud.knows_mains_by = known
        await watch(world, await world.resident(), BY_SECOND)
        await world.clock.advance(150)
        counted.append(polls(world))
    assert counted[0] == counted[1]


async def test_a_minute_is_asked_for_no_more_often_than_it_changes(world, watch) -> None:
    world.cloud.knows_mains_by = MINUTES_ALONE
    listener = await watch(world, await world.resident(), BY_SECOND)
    await world.clock.advance(175)
    minutes = {told["newestMinute"]["sampledAt"] for (told,) in homes(listener)[5:]}
    assert len(minutes) == 3


async def test_a_minute_that_nobody_can_renew_stands_in_for_a_while_and_no_longer(
    world, watch
) -> None:
    world.cloud.knows_mains_by = MINUTES_ALONE
    listener = await watch(world, await world.resident(), BY_SECOND)
    await world.clock.advance(5)
    world.cloud.failure = EmporiaRefusedRequest()
    await world.clock.advance(280)
    assert "newestMinute" in homes(listener)[-1][0]
    await world.clock.advance(30)
    assert "newestMinute" not in homes(listener)[-1][0]


async def test_mains_that_no_minute_knows_stay_unknown(world, watch) -> None:
    world.cloud.knows_mains_by = frozenset()
    listener = await watch(world, await world.resident(), BY_SECOND)
    await world.clock.advance(5)
    assert "newestMinute" not in homes(listener)[-1][0]


async def test_where_seconds_are_known_no_minute_is_asked_for(world, watch) -> None:
    listener = await watch(world, await world.resident(), BY_SECOND)
    await world.clock.advance(70)
    assert "newestMinute" not in homes(listener)[-1][0]
    assert {key.scale for key in world.samples.samples} == {Scale.SECOND}


async def test_seconds_go_on_being_asked_for_however_slow_the_polls(make_world, watch) -> None:
    world = make_world(daily_requests=1000)
    world.cloud.knows_mains_by = MINUTES_ALONE
    caller = await world.resident()
    for _ in range(700):
        await world.budgets.record(HOME)
    taken = []

    async def note(event: SampleTaken) -> None:
        taken.append(event.scale)

    world.events.subscribe(SampleTaken, note)
    await watch(world, caller, BY_SECOND)
    await world.clock.advance(7200)
    assert len(taken) > 5
    assert set(pairwise(taken)) == {(Scale.SECOND, Scale.MINUTE), (Scale.MINUTE, Scale.SECOND)}
