"""RFC 6455 as a stubborn client tries it, while frames flow, with the wire and without it."""

import json
import logging

import pytest
from websockets.frames import Close, Frame, Opcode

from entrypoints.streams.close_codes import CloseCode

PROTOCOL_ERROR = 1002
INVALID_DATA = 1007
MESSAGE_TOO_BIG = 1009


def close(code: int) -> Frame:
    return Frame(Opcode.CLOSE, Close(code, "").serialize())


def code_of(frame: Frame) -> int:
    assert frame.opcode is Opcode.CLOSE
    return Close.parse(frame.data).code


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.ERROR]


def pieces(data: bytes, count: int) -> list[Frame]:
    """One text message in so many frames."""
    size = -(-len(data) // count)
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    return [
        Frame(Opcode.CONT if place else Opcode.TEXT, part, fin=place == len(parts) - 1)
        for place, part in enumerate(parts)
    ]


async def test_a_message_in_pieces_with_pings_in_between_is_one_message(door) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)
    message = json.dumps({"type": "authenticate", "token": person.token}).encode()

    for number, piece in enumerate(pieces(message, 7)):
        await raw.send(Frame(Opcode.PING, b"%d" % number))
        assert (await raw.next_of(Opcode.PONG)).data == b"%d" % number
        assert (await raw.next_of(Opcode.TEXT)).data.startswith(b'{"type":"deviceData"')
        await raw.send(piece)

    assert await raw.hear("authenticated")
    assert await raw.hear("deviceData")


async def test_a_message_in_pieces_may_come_in_one_segment(door) -> None:
    raw = await door.stream(await door.stage.linked())

    ping = Frame(Opcode.PING, b"here")
    first, *others = pieces(b'{"type": "dance"}', 5)
    await raw.send(first, ping, *others[:2], ping, *others[2:])

    assert (await raw.next_of(Opcode.PONG)).data == b"here"
    assert (await raw.next_of(Opcode.PONG)).data == b"here"
    assert (await raw.hear("error"))["message"] == "Unknown message type."


async def test_a_character_cut_in_two_by_pieces_is_whole_again(door) -> None:
    raw = await door.connect()
    message = '{"type": "é"}'.encode()
    middle = message.index("é".encode()) + 1

    await raw.send(
        Frame(Opcode.TEXT, message[:middle], fin=False), Frame(Opcode.CONT, message[middle:])
    )

    assert (await raw.hear("error"))["message"] == "Please authenticate first."


@pytest.mark.parametrize("payload", [b"", b"x", bytes(range(125))], ids=len)
async def test_a_ping_is_answered_with_its_payload_while_frames_flow(door, payload) -> None:
    raw = await door.stream(await door.stage.linked())
    await raw.hear("deviceData")

    await raw.send(Frame(Opcode.PING, payload))

    assert (await raw.next_of(Opcode.PONG)).data == payload
    assert await raw.hear("deviceData")


async def test_an_unasked_pong_is_passed_over(door) -> None:
    raw = await door.stream(await door.stage.linked())

    await raw.send(Frame(Opcode.PONG, b"unasked"))

    assert await raw.hear("deviceData")
    assert await raw.hear("deviceData")


@pytest.mark.parametrize("goodbye", [close(1000), close(1001), Frame(Opcode.CLOSE, b"")], ids=str)
async def test_a_close_is_echoed_and_nothing_follows_it(
    door, goodbye, open_streams, eventually
) -> None:
    raw = await door.stream(await door.stage.linked())
    await raw.hear("deviceData")

    await raw.send(goodbye)
    *frames, last = await raw.rest()

    assert {frame.opcode for frame in frames} <= {Opcode.TEXT}
    assert (last.opcode, last.data) == (Opcode.CLOSE, goodbye.data)
    await eventually(lambda: (open_streams(), door.connections) == (0, 0))


async def test_logging_out_says_why_closes_and_waits_for_the_answer(
    door, open_streams, eventually
) -> None:
    person = await door.stage.linked()
    raw = await door.stream(person)
    await raw.hear("deviceData")

    await door.stage.client.post("/logout", headers=person.bearer)
    told = await raw.hear("error")
    goodbye = await raw.next_frame()
    await eventually(lambda: open_streams() == 0)
    assert door.connections == 1
    await raw.send(close(CloseCode.TOKEN_REFUSED))

    assert told["message"] == "Invalid or expired token."
    assert code_of(goodbye) == CloseCode.TOKEN_REFUSED
    assert await raw.rest() == []
    await eventually(lambda: door.connections == 0)


async def test_not_a_byte_follows_the_close_whatever_the_client_sends_then(wire_door) -> None:
    person = await wire_door.stage.linked()
    raw = await wire_door.stream(person)

    await wire_door.stage.client.post("/logout", headers=person.bearer)
    goodbye = await raw.next_of(Opcode.CLOSE)
    await raw.send(Frame(Opcode.PING, b"still there?"), Frame(Opcode.TEXT, b"{}"))
    await raw.send_bytes(
        Frame(Opcode.PING, b"?").serialize(mask=True)
        + Frame(Opcode.TEXT, b"").serialize(mask=False)
    )

    assert code_of(goodbye) == CloseCode.TOKEN_REFUSED
    assert await raw.rest() == []


async def test_a_client_that_crashes_is_forgotten(door, open_streams, eventually, caplog) -> None:
    raw = await door.stream(await door.stage.linked())
    await raw.hear("deviceData")

    raw.reset()

    await eventually(lambda: (open_streams(), door.connections) == (0, 0))
    assert errors(caplog) == []


async def test_a_client_that_only_stops_sending_is_let_go(door, open_streams, eventually) -> None:
    raw = await door.stream(await door.stage.linked())
    await raw.hear("deviceData")

    raw.half_close()

    assert {frame.opcode for frame in await raw.rest()} <= {Opcode.TEXT}
    await eventually(lambda: (open_streams(), door.connections) == (0, 0))


def masked(*frames: Frame) -> bytes:
    return b"".join(frame.serialize(mask=True) for frame in frames)


def first_byte(data: bytes, byte: int) -> bytes:
    return bytes([byte]) + data[1:]


TEXT = Frame(Opcode.TEXT, b"{}")
PIECE = Frame(Opcode.TEXT, b"{", fin=False)
FORBIDDEN = {
    "an unmasked frame": (TEXT.serialize(mask=False), PROTOCOL_ERROR),
    "the first reserved bit": (first_byte(masked(TEXT), 0xC1), PROTOCOL_ERROR),
    "the second reserved bit": (first_byte(masked(TEXT), 0xA1), PROTOCOL_ERROR),
    "the third reserved bit": (first_byte(masked(TEXT), 0x91), PROTOCOL_ERROR),
    "an unknown kind of data": (first_byte(masked(TEXT), 0x83), PROTOCOL_ERROR),
    "an unknown kind of control": (first_byte(masked(TEXT), 0x8B), PROTOCOL_ERROR),
    "a ping in pieces": (first_byte(masked(TEXT), 0x09), PROTOCOL_ERROR),
    "a long ping": (first_byte(masked(Frame(Opcode.TEXT, b"x" * 126)), 0x89), PROTOCOL_ERROR),
    "a piece of nothing": (masked(Frame(Opcode.CONT, b"}")), PROTOCOL_ERROR),
    "a message inside another": (masked(PIECE, TEXT), PROTOCOL_ERROR),
    "a close of one byte": (masked(Frame(Opcode.CLOSE, b"x")), PROTOCOL_ERROR),
    "a close with a code of none": (masked(Frame(Opcode.CLOSE, b"\x00\x07")), PROTOCOL_ERROR),
    "a close amid a message": (masked(PIECE, close(1000)), PROTOCOL_ERROR),
    "a text that is none": (masked(Frame(Opcode.TEXT, b'{"\xff"}')), INVALID_DATA),
    "a text that is none, in pieces": (masked(PIECE, Frame(Opcode.CONT, b"\xc3")), INVALID_DATA),
    "a long message": (masked(Frame(Opcode.TEXT, b" " * 20_000)), MESSAGE_TOO_BIG),
    "a long message in pieces": (masked(*pieces(b" " * 20_000, 9)), MESSAGE_TOO_BIG),
}


async def test_what_is_forbidden_closes_with_its_code_and_nothing_follows(
    wire_door, open_streams, eventually, caplog
) -> None:
    person = await wire_door.stage.linked()
    codes = {}
    before = set()

    for name, (data, _) in FORBIDDEN.items():
        raw = await wire_door.stream(person)
        await raw.hear("deviceData")
        await raw.send_bytes(data)
        *frames, last = await raw.rest()
        before |= {frame.opcode for frame in frames}
        codes[name] = code_of(last)

    assert codes == {name: code for name, (_, code) in FORBIDDEN.items()}
    assert before <= {Opcode.TEXT}
    await eventually(lambda: (open_streams(), wire_door.connections) == (0, 0))
    assert errors(caplog) == []


async def test_a_text_that_is_none_before_a_close_gets_the_close_echoed(wire_door, caplog) -> None:
    raw = await wire_door.stream(await wire_door.stage.linked())

    await raw.send(Frame(Opcode.TEXT, b"\xff"), close(1000))
    *_, last = await raw.rest()

    assert code_of(last) == 1000
    assert errors(caplog) == []


async def test_a_message_and_a_close_in_one_segment_leave_in_peace(door, caplog) -> None:
    raw = await door.stream(await door.stage.linked())

    await raw.send(Frame(Opcode.TEXT, b'{"type": "dance"}'), close(1000))
    *_, last = await raw.rest()

    assert code_of(last) == 1000
    assert errors(caplog) == []


async def test_a_forbidden_frame_right_behind_authenticate_is_no_fault_of_ours(
    door, open_streams, eventually, caplog
) -> None:
    person = await door.stage.linked()
    raw = await door.connect()

    await raw.say({"type": "authenticate", "token": person.token})
    await raw.send_bytes(TEXT.serialize(mask=False))
    *_, last = await raw.rest()

    assert code_of(last) == PROTOCOL_ERROR
    await eventually(lambda: (open_streams(), door.connections) == (0, 0))
    assert errors(caplog) == []
