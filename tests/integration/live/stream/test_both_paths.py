"""The heart of the wire contract, on the wire and without it alike."""

import asyncio
import json
import math
import time

import jwt
from websockets.frames import Close, Opcode

from entrypoints.streams.close_codes import CloseCode


def expiring(stage, person, seconds: int) -> str:
    """The person's token with another expiry."""
    claims = jwt.decode(person.token, options={"verify_signature": False})
    secret = bytes.fromhex((stage.settings.data_dir / "token-secret").read_text())
    return jwt.encode({**claims, "exp": int(time.time()) + seconds}, secret, algorithm="HS256")


async def close_code(raw) -> int:
    return Close.parse((await raw.next_of(Opcode.CLOSE)).data).code


async def test_authenticated_comes_first_and_then_the_sample(door) -> None:
    person = await door.stage.linked()
    raw = await door.connect()

    await raw.say({"type": "authenticate", "token": person.token})
    frames = [(await raw.next_frame()).data for _ in range(3)]

    assert frames[0] == b'{"type":"authenticated","message":"Authentication successful."}'
    assert frames[1].startswith(b'{"type":"deviceData","data":{"deviceListUsages":{')
    assert frames[1] == frames[2]


async def test_every_socket_gets_the_same_bytes(door) -> None:
    person = await door.stage.linked()
    begun = time.monotonic()
    sockets = [await door.stream(person) for _ in range(5)]
    # As in the contract: who came first may be behind by a frame for each second that this took.
    rounds = 2 + math.ceil(time.monotonic() - begun)

    for _ in range(rounds):
        frames = [(await raw.next_of(Opcode.TEXT)).data for raw in sockets]
        if len(set(frames)) == 1:
            break

    assert len(set(frames)) == 1


async def test_every_socket_gets_every_new_sample(door) -> None:
    person = await door.stage.linked()
    sockets = [await door.stream(person) for _ in range(3)]
    for raw in sockets:
        await raw.say({"type": "subscribe", "scale": "1S"})
        await raw.hear("subscribed")

    async def instants(raw) -> list[str]:
        seen: list[str] = []
        while len(seen) < 4:
            frame = await raw.hear("deviceData")
            instant = frame["data"]["deviceListUsages"]["instant"]
            if seen[-1:] != [instant]:
                seen.append(instant)
        return seen[1:]

    seen = await asyncio.gather(*map(instants, sockets))

    assert seen[0] == seen[1] == seen[2]


async def test_failing_polls_are_told_once_and_frames_go_on(door) -> None:
    raw = await door.stream(await door.stage.linked())
    await raw.hear("deviceData")

    await door.stage.fault(kind="server_error")
    told = await raw.hear("error")
    after = [json.loads((await raw.next_of(Opcode.TEXT)).data)["type"] for _ in range(20)]

    assert told == {"type": "error", "message": "Error fetching device data."}
    assert set(after) == {"deviceData"}


async def test_nothing_linked_closes(door) -> None:
    raw = await door.stream(await door.stage.sign_up())

    assert (await raw.hear("error"))["message"] == "Error fetching devices."
    assert await close_code(raw) == CloseCode.NO_DEVICES


async def test_unlinking_closes(door) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)
    await raw.hear("deviceData")

    await door.stage.client.delete("/emporia-auth", headers=person.bearer)

    assert (await raw.hear("error"))["message"] == "Error fetching devices."
    assert await close_code(raw) == CloseCode.NO_DEVICES


async def test_a_token_that_expires_closes(door) -> None:
    person = await door.stage.linked()
    raw = await door.connect()

    await raw.say({"type": "authenticate", "token": expiring(door.stage, person, 2)})
    await raw.hear("deviceData")

    assert (await raw.hear("error"))["message"] == "Invalid or expired token."
    assert await close_code(raw) == CloseCode.TOKEN_REFUSED


async def test_deleting_the_account_closes(door) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)

    await door.stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )

    assert (await raw.hear("error"))["message"] == "User not found."
    assert await close_code(raw) == CloseCode.USER_GONE


async def test_a_bad_message_stays_open(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await raw.say("no object")
    assert (await raw.hear("error"))["message"] == "Invalid message format."
    await raw.say({"type": "dance"})
    assert (await raw.hear("error"))["message"] == "Unknown message type."
    assert await raw.hear("deviceData")


async def test_a_refused_token_closes(door) -> None:
    raw = await door.connect()

    await raw.say({"type": "authenticate", "token": "forged"})

    assert (await raw.hear("error"))["message"] == "Invalid or expired token."
    assert await close_code(raw) == CloseCode.TOKEN_REFUSED
