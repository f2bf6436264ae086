"""The homes with known figures, as their customers find them over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.emporia_simulator.controls.options import SimulatorOptions

NOON_IN_ARIZONA = datetime(2026, 11, 24, 19, 0, 0, tzinfo=UTC)
HALF_PAST_ELEVEN_AT_NIGHT = "2026-11-25T06:30:00Z"


@pytest.fixture
async def visitor(visit: Any) -> AsyncIterator[Any]:
    """A visitor of homes whose time stands still at noon in Arizona."""
    async with visit(SimulatorOptions(start=NOON_IN_ARIZONA, speed=0.0)) as visitor:
        yield visitor


async def devices_of(visitor: Any, email: str) -> dict[int, dict[str, Any]]:
    await visitor.enter(email)
    devices = (await visitor.get("/customers/devices")).json()["devices"]
    return {device["deviceGid"]: device for device in devices}


async def watts_of(
    visitor: Any, email: str, instant: str = "2026-11-24T19:00:00Z"
) -> dict[int, dict[str, float | None]]:
    """What the root devices list for one second, which is rounded to 0.1 W."""
    gids = ",".join(str(gid) for gid in await devices_of(visitor, email))
    answer = await visitor.usages(deviceGids=gids, scale="1S", instant=instant)
    return {
        device["deviceGid"]: {
            channel["channelNum"]: channel["usage"] and round(channel["usage"] * 3_600_000, 3)
            for channel in device["channelUsages"]
        }
        for device in answer.json()["deviceListUsages"]["devices"]
    }


async def test_the_clock_decides_what_sun_and_battery_do(visitor: Any) -> None:
    noon = await watts_of(visitor, "battery@example.com")
    known = {"1,2,3": -1_600, "1": -5_000, "2": 2_600, "3": 400, "4": 150, "Balance": 250}
    assert noon[6001] == pytest.approx(known, abs=0.11)
    await visitor.control("PUT", "/clock", now=HALF_PAST_ELEVEN_AT_NIGHT)
    night = await watts_of(visitor, "battery@example.com", HALF_PAST_ELEVEN_AT_NIGHT)
    assert night[6001] == {
        "1,2,3": -1_810, "1": 0, "2": -2_610, "3": 400, "4": 150, "Balance": 250,
    }  # fmt: skip


async def test_sun_and_battery_are_circuits_of_their_types(visitor: Any) -> None:
    devices = await devices_of(visitor, "battery@example.com")
    circuits = devices[6001]["devices"][0]["channels"]
    assert [(c["channelTypeGid"], c["type"]) for c in circuits[:2]] == [
        (13, "FiftyAmpBidirectional"),
        (2, "FiftyAmpBidirectional"),
    ]


async def test_an_offline_panel_says_so_in_prose_and_lists_one_null_channel(visitor: Any) -> None:
    devices = await devices_of(visitor, "offline@example.com")
    assert devices[6101]["deviceConnected"] == {
        "deviceGid": 6101,
        "connected": False,
        "offlineSince": "since Apr 2, 2026, 5:06 PM",
    }
    assert await watts_of(visitor, "offline@example.com") == {
        6101: {"1,2,3": None},
        6102: {"1,2,3": 40},
    }


async def test_a_utility_connect_measures_the_plugs_beside_it(visitor: Any) -> None:
    devices = await devices_of(visitor, "utility@example.com")
    assert {gid: device["manufacturerDeviceId"][0] for gid, device in devices.items()} == {
        6201: "Z", 6202: "B", 6203: "B", 6204: "B", 6205: "B",
    }  # fmt: skip
    assert {device["parentDeviceGid"] for device in devices.values()} == {None}
    watts = await watts_of(visitor, "utility@example.com")
    assert [list(channels) for channels in watts.values()] == [["1,2,3"]] * 5
    assert [channels["1,2,3"] for channels in watts.values()] == [3_000, 100, 60, 40, 200]


async def test_a_combined_monitor_names_the_one_with_the_mains(visitor: Any) -> None:
    devices = await devices_of(visitor, "combined@example.com")
    told = [(device["combinedVue"], device["primaryVueGid"]) for device in devices.values()]
    assert told == [(True, None), (True, 6301)]
    assert await watts_of(visitor, "combined@example.com") == {
        6301: {"1,2,3": 2_600, "1": 1_200, "2": 300, "Balance": 1_100},
        6302: {"1,2,3": 0, "1": 700, "2": 250, "Balance": -950},
    }


async def test_without_a_clamp_the_mains_are_zero(visitor: Any) -> None:
    watts = await watts_of(visitor, "unclamped@example.com")
    assert watts[6401] == {"1,2,3": 0, "1": 300, "2": 200, "3": 0, "Balance": -500}


async def test_three_panels_share_a_zone_and_an_address(visitor: Any) -> None:
    devices = await devices_of(visitor, "panels@example.com")
    places = {
        (place["timeZone"], place["zipCode"], place["latitudeLongitude"]["latitude"])
        for place in (device["locationProperties"] for device in devices.values())
    }
    assert places == {("Europe/Madrid", "28013", 40.42)}
    watts = await watts_of(visitor, "panels@example.com")
    assert [channels["1,2,3"] for channels in watts.values()] == [1_500, 800, 450]


async def test_a_home_of_three_years_has_eighteen_series_and_a_beginning(visitor: Any) -> None:
    devices = await devices_of(visitor, "years@example.com")
    series = [
        (gid, channel["channelNum"])
        for gid, device in devices.items()
        for box in (device, *device["devices"])
        for channel in box["channels"]
    ]
    assert len(series) == len(set(series)) == 18
    window = {"start": "2023-11-25T17:00:00Z", "end": "2023-11-25T21:00:00Z", "scale": "1H"}
    for gid, channel in series:
        answer = await visitor.chart(deviceGid=str(gid), channel=channel, **window)
        before = [value is None for value in answer.json()["usageList"]]
        assert before == [True, True, False, False]


async def test_a_guest_house_has_forty_devices(visitor: Any) -> None:
    devices = await devices_of(visitor, "forty@example.com")
    assert len(devices) == 40
    assert sum(device["parentDeviceGid"] is None for device in devices.values()) == 4
    watts = await watts_of(visitor, "forty@example.com")
    assert sum(channels["1,2,3"] or 0 for channels in watts.values()) == 5_050


async def test_a_day_in_kolkata_begins_at_half_past(visitor: Any) -> None:
    await visitor.enter("kolkata@example.com")
    chart = (
        await visitor.chart(
            deviceGid="6701", start="2026-11-23T19:00:00Z", end="2026-11-24T19:00:00Z", scale="1D"
        )
    ).json()
    assert chart["firstUsageInstant"] == "2026-11-23T18:30:00Z"
    yesterday, today = chart["usageList"]
    assert yesterday == pytest.approx(0.64 * 24 + 0.75)
    assert today == pytest.approx(0.64 * 0.5 + 0.75)
