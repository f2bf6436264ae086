"""Errors carry codes once a client has sent `subscribe`, and not a byte more before."""

from typing import Any

import pytest
from websockets.frames import Opcode

FOREIGN_GID = 99


async def error(raw: Any) -> bytes:
    """The next error as it is."""
    while True:
        text: bytes = (await raw.next_of(Opcode.TEXT)).data
        if text.startswith(b'{"type":"error"'):
            return text


async def test_before_it_errors_are_their_sentence_to_the_byte(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await raw.say({"type": "nonsense"})

    assert await error(raw) == b'{"type":"error","message":"Unknown message type."}'


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "nonsense"}, "unknown_message_type"),
        ([], "invalid_message"),
        ({"type": "subscribe", "scale": "1m"}, "invalid_input"),
        ({"type": "subscribe", "devices": [FOREIGN_GID]}, "unknown_device"),
    ],
)
async def test_after_it_errors_have_a_code(door, message, code) -> None:
    raw = await door.stream(await door.stage.linked())
    await raw.say({"type": "subscribe"})
    await raw.hear("subscribed")

    await raw.say(message)

    assert (await raw.hear("error"))["code"] == code


async def test_a_subscription_that_is_refused_is_told_with_its_code(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await raw.say({"type": "subscribe", "scale": "1m"})

    assert (await raw.hear("error"))["code"] == "invalid_input"


async def test_the_last_word_has_a_code_too(door) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)
    await raw.say({"type": "subscribe"})
    await raw.hear("subscribed")

    await raw.say({"type": "authenticate", "token": "x"})

    assert await raw.hear("error") == {
        "type": "error",
        "message": "Invalid or expired token.",
        "code": "token_invalid",
    }


async def test_an_outage_is_told_again_with_its_code_to_whoever_subscribes(door) -> None:
    person = await door.stage.linked()
    await door.stage.fault(kind="server_error")
    raw = await door.stream(person)
    plain = await error(raw)

    await raw.say({"type": "subscribe"})
    await raw.hear("subscribed")

    assert plain == b'{"type":"error","message":"Error fetching device data."}'
    assert (await raw.hear("error"))["code"] == "polls_failing"


async def test_a_link_that_dies_and_one_that_is_gone_have_codes_of_their_own(door) -> None:
    dies, goes = await door.stage.linked(), await door.stage.linked()
    streams = [await door.stream(person) for person in (dies, goes)]
    for raw in streams:
        await raw.say({"type": "subscribe"})
        await raw.hear("subscribed")

    await door.stage.client.delete("/emporia-auth", headers=goes.bearer)
    await door.stage.revoke_refresh_tokens()
    await door.stage.expire_tokens()

    told = [await raw.hear("error") for raw in streams]
    assert [word["code"] for word in told] == ["link_dead", "no_devices"]
    assert {word["message"] for word in told} == {"Error fetching devices."}
