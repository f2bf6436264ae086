"""Every row of the wire contract's WebSocket tables, over real sockets."""

import asyncio
import json
import time

import jwt
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from entrypoints.streams.close_codes import CloseCode

AUTHENTICATED = b'{"type":"authenticated","message":"Authentication successful."}'


def error(message: str) -> dict[str, str]:
    return {"type": "error", "message": message}


def short_lived(stage, person, seconds: int) -> str:
    """The person's token with another expiry."""
    claims = jwt.decode(person.token, options={"verify_signature": False})
    secret = bytes.fromhex((stage.settings.data_dir / "token-secret").read_text())
    return jwt.encode({**claims, "exp": int(time.time()) + seconds}, secret, algorithm="HS256")


async def test_authenticated_is_answered_to_a_good_token_byte_for_byte(stage):
    person = await stage.linked()
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": person.token})

    assert await socket.connection.recv(decode=False) == AUTHENTICATED


async def test_device_data_comes_at_once_and_then_every_second(stage):
    person = await stage.linked()
    socket = await stage.stream(person)
    started = time.monotonic()

    frames = [await socket.receive() for _ in range(4)]
    seconds = time.monotonic() - started

    assert {frame["type"] for frame in frames} == {"deviceData"}
    assert set(frames[0]) == {"type", "data"}
    usages = frames[0]["data"]["deviceListUsages"]
    assert {"instant", "scale", "energyUnit", "devices"} <= set(usages)
    assert (usages["scale"], usages["energyUnit"]) == ("1MIN", "KilowattHours")
    assert 2.0 <= seconds <= 4.0


async def test_device_data_has_the_shape_of_get_devices_instant(stage):
    person = await stage.linked()
    socket = await stage.stream(person)

    frame = await socket.receive()
    answer = await stage.get(
        "/devices/instant",
        person,
        instant=frame["data"]["deviceListUsages"]["instant"],
        scale="1MIN",
        energyUnit="KilowattHours",
    )

    live = frame["data"]["deviceListUsages"]
    assert set(answer.json()["deviceListUsages"]) == set(live)
    assert len(answer.json()["deviceListUsages"]["devices"]) == len(live["devices"])


@pytest.mark.parametrize("message", [{}, {"type": "subscribe"}, {"type": 7}, {"token": "x"}])
async def test_please_authenticate_first_stays_open(stage, message):
    socket = await stage.connect()

    for _ in range(2):
        await socket.send(message)
        assert await socket.receive() == error("Please authenticate first.")


@pytest.mark.parametrize("message", ["", "{", "[]", "7", "null", '"text"', b"{}", b"\x00"])
async def test_invalid_message_format_stays_open(stage, message):
    socket = await stage.connect()

    for _ in range(2):
        await socket.send(message)
        assert await socket.receive() == error("Invalid message format.")


@pytest.mark.parametrize("token", [{}, {"token": ""}, {"token": None}, {"token": 7}])
async def test_authentication_token_missing_closes(stage, token):
    socket = await stage.connect()

    await socket.send({"type": "authenticate", **token})

    assert await socket.receive() == error("Authentication token missing.")
    assert await socket.closed() == CloseCode.TOKEN_REFUSED


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "é", "x" * 9000])
async def test_invalid_or_expired_token_closes_for_a_malformed_one(stage, token):
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": token})

    assert await socket.receive() == error("Invalid or expired token.")
    assert await socket.closed() == CloseCode.TOKEN_REFUSED


async def test_invalid_or_expired_token_closes_for_an_expired_one(stage):
    person = await stage.sign_up()
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": short_lived(stage, person, -1)})

    assert await socket.receive() == error("Invalid or expired token.")
    assert await socket.closed() == CloseCode.TOKEN_REFUSED


async def test_invalid_or_expired_token_closes_for_a_revoked_one(stage):
    person = await stage.sign_up()
    await stage.client.post("/logout", headers=person.bearer)
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": person.token})

    assert await socket.receive() == error("Invalid or expired token.")
    assert await socket.closed() == CloseCode.TOKEN_REFUSED


async def test_user_not_found_closes(stage):
    person = await stage.sign_up()
    await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": person.token})

    assert await socket.receive() == error("User not found.")
    assert await socket.closed() == CloseCode.USER_GONE


@pytest.mark.parametrize("message", [{}, {"type": "dance"}, {"type": None}])
async def test_unknown_message_type_stays_open(stage, message):
    socket = await stage.stream(await stage.linked())

    await socket.send(message)

    assert await socket.receive_until("error") == error("Unknown message type.")
    assert await socket.receive_until("deviceData")


async def test_error_fetching_devices_closes_when_nothing_is_linked(stage):
    socket = await stage.stream(await stage.sign_up())

    assert await socket.receive() == error("Error fetching devices.")
    assert await socket.closed() == CloseCode.NO_DEVICES


async def test_error_fetching_devices_closes_when_the_link_is_removed(stage):
    person = await stage.linked()
    socket = await stage.stream(person)
    await socket.receive_until("deviceData")

    await stage.client.delete("/emporia-auth", headers=person.bearer)

    assert await socket.receive_until("error") == error("Error fetching devices.")
    assert await socket.closed() == CloseCode.NO_DEVICES


async def test_error_fetching_devices_closes_when_the_link_dies(stage):
    socket = await stage.stream(await stage.linked())
    await socket.receive_until("deviceData")

    await stage.revoke_refresh_tokens()
    await stage.expire_tokens()

    assert await socket.receive_until("error") == error("Error fetching devices.")
    assert await socket.closed() == CloseCode.NO_DEVICES


async def test_error_fetching_device_data_goes_out_once_and_frames_go_on(stage):
    socket = await stage.stream(await stage.linked())
    await socket.receive_until("deviceData")

    await stage.fault(kind="server_error")
    assert await socket.receive_until("error") == error("Error fetching device data.")
    during = [await socket.receive() for _ in range(3)]
    await stage.heal()

    assert {frame["type"] for frame in during} == {"deviceData"}
    instant = during[-1]["data"]["deviceListUsages"]["instant"]
    while (frame := await socket.receive())["data"]["deviceListUsages"]["instant"] == instant:
        assert frame["type"] == "deviceData"


async def test_the_cloud_down_at_connect_stays_open_until_frames_start(stage):
    person = await stage.linked()
    await stage.fault(kind="server_error")
    socket = await stage.stream(person)

    assert await socket.receive() == error("Error fetching device data.")
    await stage.heal()
    assert (await socket.receive())["type"] == "deviceData"


async def test_a_second_authenticate_lets_the_stream_outlive_its_first_token(stage):
    person = await stage.linked()
    socket = await stage.connect()
    await socket.send({"type": "authenticate", "token": short_lived(stage, person, 2)})
    assert (await socket.receive())["type"] == "authenticated"

    await socket.send({"type": "authenticate", "token": person.token})
    assert (await socket.receive_until("authenticated"))["type"] == "authenticated"

    for _ in range(4):
        assert (await socket.receive())["type"] == "deviceData"


async def test_a_second_authenticate_of_another_user_closes(stage):
    ada, bob = await stage.linked("ada@example.com"), await stage.sign_up("bob@example.com")
    socket = await stage.stream(ada)

    await socket.send({"type": "authenticate", "token": bob.token})

    assert await socket.receive_until("error") == error("Invalid or expired token.")
    assert await socket.closed() == CloseCode.TOKEN_REFUSED


async def test_a_token_that_expires_ends_the_stream(stage):
    person = await stage.linked()
    socket = await stage.connect()

    await socket.send({"type": "authenticate", "token": short_lived(stage, person, 2)})

    assert await socket.receive_until("error") == error("Invalid or expired token.")
    assert await socket.closed() == CloseCode.TOKEN_REFUSED


async def test_a_client_that_never_authenticates_is_closed(stages):
    async with stages(stream_auth_timeout_seconds=0.2) as stage:
        socket = await stage.connect()

        assert await socket.closed() == CloseCode.AUTHENTICATION_TIMED_OUT


async def test_a_token_that_came_in_time_is_taken_however_late_its_turn_comes(stages, monkeypatch):
    async with stages(stream_auth_timeout_seconds=0.2) as stage:
        person = await stage.linked()
        socket = await stage.connect()
        await socket.send({"type": "authenticate", "token": person.token})
        loop = asyncio.get_running_loop()
        on_time = loop.time
        # As if the loop had had its hands full with others since.
        monkeypatch.setattr(loop, "time", lambda: on_time() + 0.5)

        assert await socket.connection.recv(decode=False) == AUTHENTICATED


async def test_logging_out_closes_the_sockets_of_that_login_alone(stage):
    person = await stage.linked("ada@example.com")
    ended = await stage.stream(person)
    first_token = person.token
    person.token = await stage.log_in("ada@example.com")
    going_on = await stage.stream(person)

    await stage.client.post("/logout", headers={"Authorization": f"Bearer {first_token}"})

    assert await ended.receive_until("error") == error("Invalid or expired token.")
    assert await ended.closed() == CloseCode.TOKEN_REFUSED
    assert await going_on.receive_until("deviceData")


async def test_deleting_the_account_closes_its_sockets(stage):
    person = await stage.linked()
    socket = await stage.stream(person)

    await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )

    assert await socket.receive_until("error") == error("User not found.")
    assert await socket.closed() == CloseCode.USER_GONE


async def test_linking_another_account_moves_open_streams_to_it(stage):
    person = await stage.linked()
    socket = await stage.stream(person)
    before = await socket.receive_until("deviceData")

    await stage.link(person, username="solar@example.com", password="solar-password")

    first_gid = before["data"]["deviceListUsages"]["devices"][0]["deviceGid"]
    while True:
        frame = await socket.receive_until("deviceData")
        gids = [device["deviceGid"] for device in frame["data"]["deviceListUsages"]["devices"]]
        if first_gid not in gids:
            break


async def test_a_dead_link_ends_its_own_streams_while_another_users_go_on(stage):
    ada, bob = await stage.linked("ada@example.com"), await stage.linked("bob@example.com")
    adas, bobs = await stage.stream(ada), await stage.stream(bob)

    await stage.client.delete("/emporia-auth", headers=ada.bearer)

    assert await adas.closed() == CloseCode.NO_DEVICES
    assert await bobs.receive_until("deviceData")


async def test_every_socket_gets_the_same_frame_in_the_same_second(stage):
    person = await stage.linked()
    sockets = [await stage.stream(person) for _ in range(5)]
    seen: list[set[str | bytes]] = [set() for _ in sockets]

    # The first may have frames waiting that the last never gets, and none for ever.
    async with asyncio.timeout(30):
        while not set.intersection(*seen):
            for socket, frames in zip(sockets, seen, strict=True):
                frames.add(await socket.connection.recv())

    (frame,) = set.intersection(*seen)
    assert json.loads(frame)["type"] == "deviceData"


async def test_a_user_has_only_so_many_sockets(stages):
    async with stages(stream_sockets_per_user=1) as stage:
        person = await stage.linked()
        await stage.stream(person)
        socket = await stage.connect()

        await socket.send({"type": "authenticate", "token": person.token})

        assert (await socket.receive())["type"] == "error"
        assert await socket.closed() == CloseCode.TOO_MANY_STREAMS


async def test_a_message_that_is_too_long_closes(stages):
    async with stages(stream_message_limit_bytes=1024) as stage:
        socket = await stage.connect()

        await socket.send("x" * 2000)

        assert await socket.closed() == 1009


async def test_any_origin_may_connect(stage):
    elsewhere = Origin("https://elsewhere.example.com")
    async with connect(stage.stream_url, origin=elsewhere) as connection:
        await connection.send("{}")
        assert "Please authenticate first." in await connection.recv()
