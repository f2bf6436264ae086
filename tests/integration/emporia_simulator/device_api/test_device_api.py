"""The device API as a client sees it: who is let in, what is refused and how."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.emporia_simulator.controls.options import SimulatorOptions

NOW = datetime(2026, 11, 24, 17, 10, 42, tzinfo=UTC)
FROZEN = SimulatorOptions(start=NOW, speed=0.0)


async def test_customers_see_their_own_devices(visitor: Any) -> None:
    gids = {}
    for email in ("home@example.com", "solar@example.com"):
        await visitor.enter(email)
        assert (await visitor.get("/customers", email=email)).json()["email"] == email
        devices = (await visitor.get("/customers/devices")).json()["devices"]
        gids[email] = [device["deviceGid"] for device in devices]
    assert gids == {
        "home@example.com": [1001, 1002, 1003, 1004],
        "solar@example.com": [2001, 2002, 2004, 2003],
    }


async def test_the_mill_is_answered_for_in_one_request(visitor: Any) -> None:
    await visitor.enter("mill@example.com")
    devices = (await visitor.get("/customers/devices")).json()["devices"]
    gids = ",".join(str(device["deviceGid"]) for device in devices)
    answer = await visitor.usages(deviceGids=gids, scale="1S", instant="2199-01-01T00:00:00Z")
    usages = answer.json()["deviceListUsages"]["devices"]
    assert [device["deviceGid"] for device in usages] == list(range(5001, 5064))
    assert {len(device["channelUsages"]) for device in usages} == {18}


async def test_the_branch_circuits_are_in_a_sub_device_with_the_same_gid(guest: Any) -> None:
    vue = (await guest.get("/customers/devices")).json()["devices"][0]
    assert [channel["channelNum"] for channel in vue["channels"]] == ["1,2,3"]
    (expansion,) = vue["devices"]
    assert (expansion["deviceGid"], expansion["model"]) == (1001, "WAT001")
    numbers = [channel["channelNum"] for channel in expansion["channels"]]
    assert numbers == [str(number) for number in range(1, 17)]
    assert "locationProperties" not in expansion
    assert vue["locationProperties"]["timeZone"] == "America/New_York"


async def test_status_is_told_flat_for_the_whole_account(guest: Any) -> None:
    status = (await guest.get("/customers/devices/status")).json()
    offline = [device for device in status["devicesConnected"] if not device["connected"]]
    assert [(device["deviceGid"], device["offlineSince"]) for device in offline] == [
        (1004, "since Apr 2, 2026, 5:06 PM")
    ]
    assert [charger["icon"] for charger in status["evChargers"]] == ["CarNotConnected"]
    assert status["evChargers"][0]["breakerPIN"]
    assert {load["loadGid"] for load in status["loads"]} == {50_002, 50_003, 50_004}


async def test_a_battery_charges_by_day(visit: Any) -> None:
    async with visit(FROZEN) as visitor:
        await visitor.enter("solar@example.com")
        await visitor.control("PUT", "/clock", now="2026-11-24T11:00:00Z")
        (battery,) = (await visitor.get("/customers/devices/status")).json()["batteries"]
        assert battery["status"] == "Charging"
        assert 10 < battery["stateOfCharge"] < 90


async def test_location_and_channel_types_are_told(guest: Any) -> None:
    location = (await guest.get("/devices/1001/locationProperties")).json()
    assert (location["billingCycleStartDay"], location["usageCentPerKwHour"]) == (5, 17.5)
    assert len((await guest.get("/devices/channels/channeltypes")).json()) == 28


async def test_without_a_token_nothing_is_answered(visitor: Any) -> None:
    answer = await visitor.get("/customers/devices")
    assert (answer.status_code, answer.json()) == (403, {"message": "Missing Authentication Token"})


async def test_an_unknown_path_reads_the_same(guest: Any) -> None:
    for path in ("/usage/devices", "/", "/devices/1001"):
        answer = await guest.get(path)
        assert (answer.status_code, answer.json()["message"]) == (
            403,
            "Missing Authentication Token",
        )


async def test_a_token_must_be_an_id_token_of_ours(visitor: Any) -> None:
    access_token = (await visitor.tokens())["AccessToken"]
    for token in (access_token, "simulator", "a.b.c"):
        visitor.http.headers["AuthToken"] = token
        assert (await visitor.get("/customers")).status_code == 401


async def test_a_token_expires_by_the_wall_clock(visit: Any, signed_in_before: Any) -> None:
    async with visit(SimulatorOptions(start=NOW, speed=0.0, token_lifetime_seconds=60)) as visitor:
        signed_in_before(30)
        await visitor.enter()
        assert (await visitor.get("/customers")).status_code == 200
        signed_in_before(60)
        await visitor.enter()
        assert (await visitor.get("/customers")).status_code == 401


async def test_tokens_can_be_expired_at_once(visitor: Any) -> None:
    await visitor.enter()
    await visitor.control("POST", "/users/home@example.com/expire-tokens")
    assert (await visitor.get("/customers")).status_code == 401
    await visitor.enter()
    assert (await visitor.get("/customers")).status_code == 200


async def test_the_fixed_token_works_where_it_was_asked_for(visit: Any) -> None:
    async with visit(SimulatorOptions(accept_fixed_token=True)) as visitor:
        visitor.http.headers["authtoken"] = "simulator"
        assert (await visitor.get("/customers")).json()["email"] == "home@example.com"


@pytest.mark.parametrize("gids", ["2001", "1001,2001", "1001 2001", "x"])
async def test_a_foreign_gid_is_refused_with_its_name(guest: Any, gids: str) -> None:
    answer = await guest.usages(deviceGids=gids)
    assert answer.status_code == 401
    assert answer.json() == {
        "message": "home@example.com is not authorized on the requested deviceGid "
        + ("x" if gids == "x" else "2001")
    }


@pytest.mark.parametrize(
    "path", ["1001+1002", "1001,1002", "1001%201002", "1001%2C1002", "1001%2B1002"]
)
async def test_gids_may_be_joined_either_way(guest: Any, path: str) -> None:
    rest = "instant=2026-11-24T17:10:42.123456Z&scale=1MIN&energyUnit=KilowattHours"
    url = f"/AppAPI?apiMethod=getDeviceListUsages&deviceGids={path}&{rest}"
    answer = await guest.http.get(url)
    (device,) = answer.json()["deviceListUsages"]["devices"]
    nested = [usage["nestedDevices"] for usage in device["channelUsages"]]
    assert [inner["deviceGid"] for devices in nested for inner in devices] == [1002]


async def test_a_wrong_unit_is_told_which_there_are(guest: Any) -> None:
    answer = await guest.usages(energyUnit="WATTS")
    assert answer.status_code == 400
    assert answer.json()["message"] == (
        "unit 'WATTS' is not a valid EnergyUnit; defined EnergyUnit are [KilowattHours, Dollars, "
        "AmpHours, Trees, GallonsOfGas, MilesDriven, Carbon, Voltage]"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"apiMethod": "getDevicesUsage"},
        {"scale": "1Min"},
        {"channel": "17"},
        {"channel": "MainsFromGrid"},
        {"start": "yesterday"},
        {"start": "0001-01-01T00:00:00Z"},
        {"end": ""},
        {"start": "2026-11-24T18:00:00Z"},
        {"scale": "1S", "end": "2026-11-24T17:00:01Z"},
        {"scale": "1MIN", "start": "2026-11-24T04:59:59Z"},
        {"scale": "15MIN", "start": "2026-11-17T16:59:59Z"},
        {"scale": "1H", "start": "2026-10-24T16:59:59Z"},
    ],
)
async def test_what_cannot_be_charted_is_refused(guest: Any, changes: dict[str, str]) -> None:
    answer = await guest.chart(**changes)
    assert answer.status_code == 400
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("scale", "start", "buckets"),
    [
        ("1S", "2026-11-24T16:00:00Z", 3_600),
        ("1MIN", "2026-11-24T05:00:00Z", 720),
        ("15MIN", "2026-11-17T17:00:00Z", 672),
        ("1H", "2026-10-24T17:00:00Z", 744),
        ("1D", "2024-11-24T17:00:00Z", 731),
        ("1W", "2026-11-01T17:00:00Z", 5),
        ("1MON", "2026-01-01T17:00:00Z", 12),
        ("1Y", "2020-01-01T17:00:00Z", 7),
    ],
)
async def test_the_widest_window_of_each_scale_is_answered(
    guest: Any, scale: str, start: str, buckets: int
) -> None:
    chart = (await guest.chart(scale=scale, start=start)).json()
    assert len(chart["usageList"]) == buckets
    assert None not in chart["usageList"]


async def test_publication_can_lag(visit: Any) -> None:
    options = SimulatorOptions(start=NOW, speed=0.0, publication_delay_seconds=30)
    async with visit(options) as visitor:
        await visitor.enter()
        chart = await visitor.chart(
            scale="1S", start="2026-11-24T17:10:10Z", end="2026-11-24T17:10:14Z"
        )
        assert [value is None for value in chart.json()["usageList"]] == [False, False, True, True]


async def test_the_homes_time_can_be_moved(guest: Any) -> None:
    moved = await guest.control("PUT", "/clock", now="2026-03-08T12:00:00-04:00")
    assert moved == {"now": "2026-03-08T16:00:00+00:00", "speed": 0.0}
    assert (await guest.control("PUT", "/clock", wall=True))["speed"] == 1.0


async def test_the_overview_tells_who_can_sign_in(visitor: Any) -> None:
    overview = await visitor.control("GET", "")
    states = {user["email"]: user["state"] for user in overview["users"]}
    assert states["reset@example.com"] == "reset_required"
    assert overview["issuer"].startswith(visitor.url)


async def test_one_simulator_knows_nothing_of_another(visit: Any) -> None:
    async with visit(SimulatorOptions()) as first, visit(SimulatorOptions()) as second:
        await first.enter()
        second.http.headers["authtoken"] = first.http.headers["authtoken"]
        assert first.url != second.url
        assert (await second.get("/customers")).status_code == 401


async def test_neighbours_are_customers_of_their_own(visit: Any) -> None:
    async with visit(SimulatorOptions(neighbours=2)) as visitor:
        gids = []
        for email in ("home1@example.com", "home2@example.com"):
            await visitor.enter(email)
            gids.append((await visitor.get("/customers")).json()["customerGid"])
    assert gids == [10_001, 10_002]
