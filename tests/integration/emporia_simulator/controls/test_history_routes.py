"""Steering what becomes of a home's past, and seeing over the wire what came of it."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.homes.energy.uplinks import SecondsMode

NOW = datetime(2026, 11, 24, 17, 10, 42, tzinfo=UTC)
HOME = "/homes/home@example.com"
MINUTE = {"scale": "1S", "start": "2026-11-24T17:08:00Z", "end": "2026-11-24T17:09:00Z"}


async def seconds(visitor: Any, **changes: str) -> list[float | None]:
    answer: list[float | None] = (await visitor.chart(**(MINUTE | changes))).json()["usageList"]
    return answer


async def connections(visitor: Any) -> dict[int, Any]:
    status = (await visitor.get("/customers/devices/status")).json()["devicesConnected"]
    listed = (await visitor.get("/customers/devices")).json()["devices"]
    assert [device["deviceConnected"] for device in listed] == status
    return {device["deviceGid"]: device["offlineSince"] for device in status}


async def test_seconds_of_one_device_or_of_all_can_be_flat(guest: Any) -> None:
    told = await guest.control("PUT", f"{HOME}/seconds", mode="flat", gid=1002)
    assert told == {"1001": "live", "1002": "flat", "1003": "live", "1004": "live"}
    assert len(set(await seconds(guest))) > 30
    assert len(set(await seconds(guest, deviceGid="1002"))) == 1
    told = await guest.control("PUT", f"{HOME}/seconds", mode="mixed")
    assert set(told.values()) == {"mixed"}
    mixed = await seconds(guest)
    assert len(set(mixed[-20:])) == 1
    assert len(set(mixed[:30])) > 20


async def test_seconds_and_noise_can_be_chosen_at_the_start(visit: Any) -> None:
    options = SimulatorOptions(start=NOW, speed=0.0, seconds=SecondsMode.FLAT)
    async with visit(options) as visitor:
        await visitor.enter()
        assert len(set(await seconds(visitor))) == 1
    steady = {"deviceGid": "6602", "channel": "1"}
    found = []
    for noise in (0.0, 0.004):
        async with visit(SimulatorOptions(start=NOW, speed=0.0, noise=noise)) as visitor:
            await visitor.enter("panels@example.com")
            found.append(await seconds(visitor, **steady))
    quiet, noisy = found
    assert len(set(quiet)) == 1
    assert len(set(noisy)) > 20
    assert sum(filter(None, noisy)) == pytest.approx(sum(filter(None, quiet)), rel=1e-12)


async def test_forgotten_charts_can_be_empty(visit: Any) -> None:
    old = {"start": "2026-11-24T12:00:00Z", "end": "2026-11-24T13:00:00Z"}
    options = SimulatorOptions(start=NOW, speed=0.0, empty_when_forgotten=True)
    async with visit(options) as visitor:
        await visitor.enter()
        assert await seconds(visitor, **old) == []
        assert len(await seconds(visitor)) == 60


async def test_a_device_goes_offline_and_comes_back_with_what_it_measured(guest: Any) -> None:
    before = await seconds(guest)
    outage = {"gid": 1001, "from": "2026-11-24T17:08:10Z", "to": "2026-11-24T17:13:00Z"}
    told = await guest.control("POST", f"{HOME}/outages", **outage)
    assert told == [{**outage, "filling": "exact", "filled_at": "2026-11-24T17:17:00Z"}]
    assert await connections(guest) == {
        1001: "since Nov 24, 2026, 12:08 PM",
        1002: None,
        1003: None,
        1004: "since Apr 2, 2026, 5:06 PM",
    }
    assert [value is None for value in await seconds(guest)] == [False] * 10 + [True] * 50
    await guest.control("PUT", "/clock", now="2026-11-24T17:13:00Z")
    assert (await connections(guest))[1001] is None
    assert None in await seconds(guest)
    await guest.control("PUT", "/clock", now="2026-11-24T17:17:00Z")
    assert await seconds(guest) == before
    assert await guest.control("GET", f"{HOME}/outages") == told
    await guest.control("DELETE", f"{HOME}/outages")
    assert await guest.control("GET", f"{HOME}/outages") == []


async def test_a_whole_account_can_lose_its_data(guest: Any) -> None:
    hour = {"from": "2026-11-24T16:00:00Z", "to": "2026-11-24T17:00:00Z"}
    told = await guest.control("POST", f"{HOME}/outages", **hour, filling="lost")
    assert [(outage["gid"], outage["filled_at"]) for outage in told] == [
        (gid, None) for gid in (1001, 1002, 1003, 1004)
    ]
    await guest.control("PUT", "/clock", now="2026-11-30T17:00:00Z")
    minutes = (await guest.chart()).json()["usageList"]
    assert minutes == [None] * 60


async def test_of_two_accounts_with_the_same_devices_one_is_offline(visit: Any) -> None:
    async with visit(SimulatorOptions(start=NOW, speed=0.0, neighbours=1)) as visitor:
        outage = {"gid": 1001, "from": "2026-11-24T17:00:00Z", "to": "2026-11-24T18:00:00Z"}
        await visitor.control("POST", "/homes/home1@example.com/outages", **outage)
        await visitor.enter("home@example.com")
        assert (await connections(visitor))[1001] is None
        await visitor.enter("home1@example.com")
        assert (await connections(visitor))[1001] is not None


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/homes/nobody@example.com/seconds", {"mode": "flat"}, 404),
        ("PUT", f"{HOME}/seconds", {"mode": "flat", "gid": 2001}, 404),
        ("PUT", f"{HOME}/seconds", {"mode": "rare"}, 400),
        ("GET", "/homes/nobody@example.com/outages", {}, 404),
        ("POST", f"{HOME}/outages", {"from": "2026-11-24T17:00:00Z"}, 400),
        ("POST", f"{HOME}/outages", {"to": "2026-11-24T17:00:00Z"}, 400),
        *(
            (
                "POST",
                f"{HOME}/outages",
                {"from": "2026-11-24T17:00:00Z", "to": "2026-11-24T18:00:00Z", **changes},
                400,
            )
            for changes in (
                {"to": "2026-11-24T17:00:00Z"},
                {"to": "2027-12-24T17:00:00Z"},
                {"from": "0001-01-01T00:00:00Z"},
                {"filling": "guessed"},
                {"filled_after_seconds": -1},
            )
        ),
    ],
)
async def test_what_makes_no_sense_is_refused(
    guest: Any, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await guest.control(method, path, **body)
    assert refused.value.response.status_code == status
    assert await guest.control("GET", f"{HOME}/outages") == []


async def test_two_outages_at_once_are_refused(guest: Any) -> None:
    outage = {"gid": 1001, "from": "2026-11-24T17:00:00Z", "to": "2026-11-24T18:00:00Z"}
    await guest.control("POST", f"{HOME}/outages", **outage)
    answer = await guest.http.post(f"/simulator{HOME}/outages", json=outage)
    assert (answer.status_code, answer.json()) == (
        400,
        {"message": "device 1001 is already offline in that time"},
    )
