"""True seconds over a real socket, from a simulated cloud."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.live.playback import LONGEST_DELAY
from tests.one_task import held

ASKED = {"type": "subscribe", "scale": "1S", "mode": "replay"}


@pytest.fixture
async def offering(stages: Any) -> Any:
    """A gateway that offers it."""
    async with held(stages(replay=True)) as stage:
        yield stage


async def asked(stage: Any, person: Any, **fields: Any) -> tuple[Any, dict[str, Any]]:
    """A socket that has asked for true seconds, and what it was answered."""
    socket = await stage.stream(person)
    await socket.send({**ASKED, **fields})
    while (answer := await socket.receive())["type"] == "deviceData":
        pass
    return socket, answer


async def key_of(stage: Any, person: Any, **wanted: Any) -> Any:
    body = {"name": "panel", "scopes": ["stream", "read"], **wanted}
    made = await stage.client.post("/me/keys", json=body, headers=person.bearer)
    assert made.status_code == 201
    return type(person)(person.email, made.json()["secret"])


async def data_of(socket: Any, frames: int) -> list[dict[str, Any]]:
    return [(await socket.receive_until("deviceData"))["data"] for _ in range(frames)]


async def test_seconds_come_one_a_second_and_are_those_of_the_history(offering: Any) -> None:
    person = await offering.linked()
    panel = await panel_of(offering, person)
    socket, answer = await asked(offering, person)
    assert answer == {
        "type": "subscribed",
        "scale": "1S",
        "energyUnit": "KilowattHours",
        "devices": [panel],
        "mode": "replay",
    }

    shown = await data_of(socket, 4)

    instants = [datetime.fromisoformat(each["live"]["sampledAt"]) for each in shown]
    assert instants == [instants[0] + timedelta(seconds=place) for place in range(4)]
    assert all(each["live"]["ageSeconds"] <= LONGEST_DELAY for each in shown)
    assert {each["live"]["quality"] for each in shown} == {"live"}
    history = await offering.get(
        f"/devices/{panel}/history",
        person,
        channels="1,2,3",
        start=instants[0].isoformat(),
        end=(instants[-1] + timedelta(seconds=1)).isoformat(),
        scale="1S",
        energyUnit="KilowattHours",
    )
    mains = [each["deviceListUsages"]["devices"][0]["channelUsages"][0]["usage"] for each in shown]
    assert mains == history.json()["usageList"]
    for each in shown:
        [shown_panel] = each["deviceListUsages"]["devices"]
        _, *circuits = shown_panel["channelUsages"]
        assert circuits
        assert {circuit["usage"] for circuit in circuits} == {None}
        [home] = each["live"]["home"]
        assert home["deviceGids"] == [panel]


async def test_two_viewers_share_the_fetch_and_another_mode_goes_back(offering: Any) -> None:
    person = await offering.linked()
    first, _ = await asked(offering, person)
    before = await data_of(first, 1)
    fetched = await charts(offering)
    second, _ = await asked(offering, person)
    shared = await data_of(second, 2)
    mine = [each["deviceListUsages"] for each in before + await data_of(first, 3)]
    assert all(each["deviceListUsages"] in mine for each in shared)
    assert await charts(offering) <= fetched + 1

    await second.send({"type": "subscribe", "scale": "1S", "mode": "live"})
    told = await second.receive_until("subscribed")

    assert told == {
        "type": "subscribed",
        "scale": "1S",
        "energyUnit": "KilowattHours",
        "devices": None,
    }
    [live] = await data_of(second, 1)
    assert "quality" not in live["live"]


async def charts(stage: Any) -> int:
    """How many series the cloud was asked for."""
    [tallies] = (await stage.requests())["customers"].values()
    count: int = tallies["getChartUsage"]["count"]
    return count


async def panel_of(stage: Any, person: Any) -> int:
    """The gid of the home's first panel."""
    devices = (await stage.get("/devices", person)).json()["devices"]
    gid: int = devices[0]["deviceGid"]
    return gid


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mode": "past"}, "invalid_input"),
        ({"mode": None}, "invalid_input"),
        ({"scale": "1MIN"}, "invalid_input"),
        ({"energyUnit": "Dollars"}, "invalid_input"),
        ({"devices": [99]}, "unknown_device"),
    ],
)
async def test_what_can_not_be_is_refused_and_the_stream_goes_on(
    offering: Any, fields: dict[str, Any], code: str
) -> None:
    socket, answer = await asked(offering, await offering.linked(), **fields)

    assert answer["code"] == code
    [data] = await data_of(socket, 1)
    assert data["deviceListUsages"]["scale"] == "1MIN"


async def test_where_it_is_off_it_is_refused_by_code(stage: Any) -> None:
    socket, answer = await asked(stage, await stage.linked())

    assert answer["code"] == "replay_off"
    await data_of(socket, 1)


async def test_where_the_budget_can_not_carry_it_it_is_refused_by_code(stages: Any) -> None:
    async with stages(replay=True, emporia_daily_requests=1000) as stage:
        _, answer = await asked(stage, await stage.linked())

    assert answer["code"] == "replay_over_budget"


async def test_a_key_of_one_circuit_is_refused_what_it_may_not_see(offering: Any) -> None:
    person = await offering.linked()
    gid = await panel_of(offering, person)
    key = await key_of(offering, person, channels=[{"deviceGid": gid, "channel": "1"}])

    _, without = await asked(offering, key)
    _, named = await asked(offering, key, devices=[gid])

    assert (without["code"], named["code"]) == ("replay_without_panel", "unknown_device")


async def test_a_key_of_the_mains_sees_them_and_no_figure_of_the_account(offering: Any) -> None:
    person = await offering.linked()
    gid = await panel_of(offering, person)
    key = await key_of(offering, person, channels=[{"deviceGid": gid, "channel": "1,2,3"}])

    socket, _ = await asked(offering, key)
    [data] = await data_of(socket, 1)

    assert data["live"].keys() == {"sampledAt", "receivedAt", "stale", "quality", "ageSeconds"}
    [panel] = data["deviceListUsages"]["devices"]
    assert [channel["channelNum"] for channel in panel["channelUsages"]] == ["1,2,3"]


async def test_who_leaves_ends_the_fetches(offering: Any, eventually: Any) -> None:
    person = await offering.linked()
    socket, _ = await asked(offering, person)
    await data_of(socket, 1)
    feeds = offering.container.feeds()
    with suppress(Exception):
        await socket.connection.close()

    await eventually(lambda: not feeds._replayed)


async def test_the_budget_tells_that_it_is_offered(offering: Any) -> None:
    person = await offering.linked()
    budget = (await offering.get("/me/budget", person)).json()["budget"]

    assert budget["replay"] is True


async def test_where_it_is_off_the_budget_says_nothing_of_it(stage: Any) -> None:
    budget = (await stage.get("/me/budget", await stage.linked())).json()["budget"]

    assert budget.keys() == {"dailyRequests", "spent", "left"}
