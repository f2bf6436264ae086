"""`subscribe`: what it takes, what it answers, and what it changes; on the wire and without it."""

import json
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from domain.emporia.usage import Scale
from domain.instants import parse_instant

LIVE_FIELDS = {"sampledAt", "receivedAt", "stale", "nextPollAt", "budgetLeft", "home"}
SCALES = [scale.value for scale in Scale]
FOREIGN_GID = 99
REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"scale": "1m"}, "scale: '1m' is not known"),
    ({"scale": ""}, "scale: '' is not known"),
    ({"scale": None}, "scale: 'null' is not known"),
    ({"scale": 1}, "scale: '1' is not known"),
    ({"scale": ["1S"]}, "scale: '[\"1S\"]' is not known"),
    ({"energyUnit": "Watts"}, "energyUnit: 'Watts' is not known"),
    ({"energyUnit": True}, "energyUnit: 'true' is not known"),
    ({"devices": 1}, "devices: must be a list"),
    ({"devices": "1"}, "devices: must be a list"),
    ({"devices": {}}, "devices: must be a list"),
    ({"devices": [0]}, "devices: '0' is not a device gid"),
    ({"devices": [-1]}, "devices: '-1' is not a device gid"),
    ({"devices": [1.5]}, "devices: '1.5' is not a device gid"),
    ({"devices": ["x"]}, "devices: 'x' is not a device gid"),
    ({"devices": [None]}, "devices: 'null' is not a device gid"),
    ({"devices": [True]}, "devices: 'true' is not a device gid"),
    ({"devices": [2**63]}, f"devices: '{2**63}' is not a device gid"),
    ({"devices": [FOREIGN_GID]}, f"devices: {FOREIGN_GID} not found"),
]


async def subscribed(raw: Any, **fields: Any) -> bytes:
    """Subscribe; the answer as it is."""
    await raw.say({"type": "subscribe", **fields})
    while True:
        text: bytes = (await raw.next_of(Opcode.TEXT)).data
        if not text.startswith(b'{"type":"deviceData"'):
            return text


async def data_of(raw: Any) -> dict[str, Any]:
    """What the next sample's frame holds."""
    data: dict[str, Any] = (await raw.hear("deviceData"))["data"]
    return data


async def gids_of(stage: Any, person: Any) -> list[int]:
    devices = (await stage.get("/devices", person)).json()["devices"]
    return sorted(device["deviceGid"] for device in devices)


def channels_of(devices: list[Any]) -> list[Any]:
    """Every channel, those of nested devices too."""
    channels = [channel for device in devices for channel in device["channelUsages"]]
    nested = [inner for channel in channels for inner in channel["nestedDevices"]]
    return channels + (channels_of(nested) if nested else [])


async def test_nothing_asked_for_is_the_default_and_is_told(door) -> None:
    raw = await door.stream(await door.stage.linked())

    answer = await subscribed(raw)

    assert answer == (
        b'{"type":"subscribed","scale":"1MIN","energyUnit":"KilowattHours","devices":null}'
    )


async def test_all_that_is_asked_for_is_in_force_and_is_told(door) -> None:
    person = await door.stage.linked()
    gids = await gids_of(door.stage, person)
    raw = await door.stream(person)

    answer = await subscribed(raw, scale="1S", energyUnit="Dollars", devices=[*gids[::-1], gids[0]])
    usages = (await data_of(raw))["deviceListUsages"]

    assert json.loads(answer) == {
        "type": "subscribed",
        "scale": "1S",
        "energyUnit": "Dollars",
        "devices": gids,
    }
    assert (usages["scale"], usages["energyUnit"]) == ("1S", "Dollars")


async def test_every_scale_can_be_watched(wire_door) -> None:
    raw = await wire_door.stream(await wire_door.stage.linked())
    shown = []

    for scale in SCALES:
        await subscribed(raw, scale=scale)
        shown.append((await data_of(raw))["deviceListUsages"]["scale"])

    assert shown == SCALES


async def test_devices_are_those_that_were_asked_for(door) -> None:
    person = await door.stage.linked()
    first, *_ = await gids_of(door.stage, person)
    raw = await door.stream(person)

    await subscribed(raw, devices=[first])
    devices = (await data_of(raw))["deviceListUsages"]["devices"]

    assert [device["deviceGid"] for device in devices] == [first]


async def test_an_empty_list_shows_no_device(door) -> None:
    raw = await door.stream(await door.stage.linked())

    assert json.loads(await subscribed(raw, devices=[]))["devices"] == []
    assert (await data_of(raw))["deviceListUsages"]["devices"] == []


async def test_frames_tell_their_age_from_the_answer_on(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await subscribed(raw)
    frames = [await data_of(raw) for _ in range(5)]

    assert [set(frame) for frame in frames] == [{"deviceListUsages", "live"}] * 5
    live = frames[-1]["live"]
    assert set(live) == LIVE_FIELDS
    assert live["sampledAt"] == frames[-1]["deviceListUsages"]["instant"]
    assert live["stale"] is False
    assert live["budgetLeft"] is None
    assert parse_instant(live["nextPollAt"], name="nextPollAt") > parse_instant(
        live["receivedAt"], name="receivedAt"
    )


@pytest.mark.parametrize(("scale", "factor"), [("1S", 3_600_000), ("1MIN", 60_000)])
async def test_watts_stand_beside_usage_where_a_bucket_is_a_power(wire_door, scale, factor) -> None:
    raw = await wire_door.stream(await wire_door.stage.linked())

    await subscribed(raw, scale=scale)
    channels = channels_of((await data_of(raw))["deviceListUsages"]["devices"])

    known = [channel for channel in channels if channel["usage"] is not None]
    assert known
    assert [channel["watts"] for channel in known] == pytest.approx(
        [channel["usage"] * factor for channel in known]
    )
    assert {c["watts"] for c in channels if c["usage"] is None} <= {None}


@pytest.mark.parametrize("asked", [{"scale": "1H"}, {"energyUnit": "Dollars"}])
async def test_there_are_no_watts_where_a_bucket_is_no_power(wire_door, asked) -> None:
    raw = await wire_door.stream(await wire_door.stage.linked())

    await subscribed(raw, **asked)
    channels = channels_of((await data_of(raw))["deviceListUsages"]["devices"])

    assert channels
    assert [channel for channel in channels if "watts" in channel] == []


async def test_who_does_not_subscribe_gets_the_plain_frame_whatever_others_do(door) -> None:
    person = await door.stage.linked()
    plain, other = await door.stream(person), await door.stream(person)
    before = (await plain.next_of(Opcode.TEXT)).data

    await subscribed(other)
    await data_of(other)
    after = [(await plain.next_of(Opcode.TEXT)).data for _ in range(5)]

    assert set(json.loads(before)["data"]) == {"deviceListUsages"}
    assert b'"watts"' not in before
    assert set(after) == {before}


async def test_the_same_subscription_gets_the_same_bytes(door) -> None:
    person = await door.stage.linked()
    first, second = await door.stream(person), await door.stream(person)

    for raw in (first, second):
        await subscribed(raw)
    theirs = [{(await raw.next_of(Opcode.TEXT)).data for _ in range(20)} for raw in (first, second)]

    assert theirs[0] & theirs[1]


async def test_what_cannot_be_is_named_and_changes_nothing(stage) -> None:
    socket = await stage.stream(await stage.linked())
    before = await socket.receive_until("deviceData")
    told = []

    for fields, _ in REFUSALS:
        await socket.send({"type": "subscribe", **fields})
        told.append((await socket.receive_until("error"))["message"])
    after = await socket.receive_until("deviceData")

    expected = [named for _, named in REFUSALS]
    assert [text[: len(named)] for text, named in zip(told, expected, strict=True)] == expected
    assert set(after["data"]) == set(before["data"])


async def test_before_authenticating_it_is_too_early(door) -> None:
    raw = await door.connect()

    await raw.say({"type": "subscribe"})

    assert await raw.hear("error") == {"type": "error", "message": "Please authenticate first."}


async def test_a_later_subscription_takes_the_place_of_the_former(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await subscribed(raw, scale="1H", energyUnit="Dollars")
    await data_of(raw)
    await subscribed(raw, scale="1S")
    usages = (await data_of(raw))["deviceListUsages"]

    assert (usages["scale"], usages["energyUnit"]) == ("1S", "KilowattHours")


async def test_a_subscription_outlives_a_second_authenticate(door) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)
    await subscribed(raw, scale="1S")

    await raw.say({"type": "authenticate", "token": person.token})
    await raw.hear("authenticated")

    assert (await data_of(raw))["deviceListUsages"]["scale"] == "1S"


async def test_a_subscription_follows_its_user_to_another_account(door) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)
    await subscribed(raw, scale="1S")
    before = await data_of(raw)

    await door.stage.link(person, username="solar@example.com", password="solar-password")
    old = before["deviceListUsages"]["devices"][0]["deviceGid"]
    while True:
        after = await data_of(raw)
        if after["deviceListUsages"]["devices"][0]["deviceGid"] != old:
            break

    assert after["deviceListUsages"]["scale"] == "1S"
    assert set(after["live"]) == LIVE_FIELDS


async def test_the_budget_that_is_left_is_told(stages) -> None:
    async with stages(emporia_daily_requests=2000) as stage:
        person = await stage.linked()
        socket = await stage.stream(person)
        await socket.receive_until("deviceData")
        await socket.send({"type": "subscribe"})
        await socket.receive_until("subscribed")
        frame = await socket.receive_until("deviceData")
        budget = (await stage.get("/me/budget", person)).json()["budget"]

    assert frame["data"]["live"]["budgetLeft"] == budget["left"]
    assert budget["left"] == 2000 - budget["spent"]


async def test_a_subscription_in_pieces_is_one(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await raw.send(
        Frame(Opcode.TEXT, b'{"type":"subscribe",', fin=False),
        Frame(Opcode.PING, b""),
        Frame(Opcode.CONT, b'"scale":"1S"}'),
    )

    assert (await raw.hear("subscribed"))["scale"] == "1S"
