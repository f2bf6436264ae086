"""WebSocket handshakes that are none."""

import json
import logging

import pytest
from websockets.frames import Frame, Opcode

from tests.integration.connections.conftest import KEY

FIRST = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
GOOD = FIRST + KEY

REFUSED = {
    "a header of 20 kB": (f"{GOOD}A: {'b' * 20_000}\r\n", 431),
    "300 headers": (GOOD + "A: b\r\n" * 300, 431),
    "an address of 9 kB": (GOOD.replace("GET /", f"GET /?{'a' * 9_000}"), 414),
    "another method": (GOOD.replace("GET", "POST"), 405),
    "a body": (f"{GOOD}Content-Length: 5\r\n", 400),
    "a body in chunks": (f"{GOOD}Transfer-Encoding: chunked\r\n", 400),
    "no key": (FIRST, 400),
    "a short key": (GOOD.replace("dGhl", ""), 400),
    "two keys": (GOOD + KEY, 400),
    "another version": (GOOD.replace(": 13", ": 8"), 400),
    "an upgrade to two things": (f"{GOOD}Upgrade: websocket\r\n", 426),
    "another path": (GOOD.replace("GET /", "GET /nowhere"), 404),
}


@pytest.mark.parametrize(("handshake", "status"), REFUSED.values(), ids=REFUSED)
async def test_a_handshake_that_is_none_is_answered_and_the_connection_closed(
    stage, dial, caplog, handshake, status
) -> None:
    peer = await dial(stage)
    await peer.send(f"{handshake}\r\n")
    answer = await peer.answer()

    assert answer.status == status
    assert answer.error.endswith(".")
    assert answer.is_hardened()
    assert ("allow" in answer.headers) == (status == 405)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


CODES = {
    "another method": "method_not_allowed",
    "a body": "request_unreadable",
    "no key": "request_unreadable",
    "another version": "request_unreadable",
    "an upgrade to two things": "upgrade_required",
    "another path": "not_found",
}


@pytest.mark.parametrize(("name", "code"), CODES.items(), ids=CODES)
async def test_a_handshake_that_is_none_is_told_as_its_sender_asked(
    stage, dial, name, code
) -> None:
    handshake, status = REFUSED[name]
    peer = await dial(stage)
    await peer.send(f"{handshake}Accept: application/problem+json\r\n\r\n")
    answer = await peer.answer()

    assert (answer.status, answer.code) == (status, code)


async def test_a_handshake_behind_a_request_that_is_still_being_answered_is_none(
    stage, dial
) -> None:
    peer = await dial(stage)
    await peer.send(f"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n{GOOD}\r\n")
    answer = await peer.answer()

    assert (answer.status, answer.body) == (200, b'{"status":"ok"}')


async def test_a_good_handshake_is_answered_with_what_it_needs(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send(f"{GOOD}\r\n")
    head = (await peer.reader.readuntil(b"\r\n\r\n")).lower()

    assert head.startswith(b"http/1.1 101 switching protocols\r\n")
    for line in (
        b"upgrade: websocket",
        b"connection: upgrade",
        b"sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=",
    ):
        assert b"\r\n" + line + b"\r\n" in head
    assert b"\r\ndate: " in head


NOT_13 = {
    "another version": GOOD.replace(": 13", ": 8"),
    "no version": GOOD.replace("Sec-WebSocket-Version: 13\r\n", ""),
    "two versions": f"{GOOD}Sec-WebSocket-Version: 8\r\n",
    "no key": FIRST,
    "an upgrade to two things": f"{GOOD}Upgrade: websocket\r\n",
    "HTTP/1.0": GOOD.replace("HTTP/1.1", "HTTP/1.0"),
}


@pytest.mark.parametrize("handshake", NOT_13.values(), ids=NOT_13)
async def test_a_refused_handshake_is_told_which_version_there_is(stage, dial, handshake) -> None:
    peer = await dial(stage)
    await peer.send(f"{handshake}\r\n")
    answer = await peer.answer()

    assert answer.status in {400, 426}
    assert answer.headers["sec-websocket-version"] == "13"
    assert (answer.headers.get("upgrade") == "websocket") == (answer.status == 426)
    assert ("Upgrade" in answer.headers["connection"]) == (answer.status == 426)


async def test_a_handshake_of_another_version_is_told_so_in_words(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send(f"{GOOD.replace(': 13', ': 8')}\r\n")

    assert (await peer.answer()).error == (
        "Sec-WebSocket-Version: only version 13 of the WebSocket protocol is spoken here."
    )


async def test_a_handshake_over_http_1_0_is_refused(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send(f"{GOOD.replace('HTTP/1.1', 'HTTP/1.0')}\r\n")
    answer = await peer.answer()

    assert (answer.status, answer.error) == (426, "A WebSocket handshake takes HTTP/1.1.")


HASTY = {
    "one as most send it": GOOD,
    "one that the library answers": f"{GOOD}Sec-WebSocket-Protocol: chat\r\n",
}


@pytest.mark.parametrize("handshake", HASTY.values(), ids=HASTY)
async def test_a_message_in_one_piece_with_the_handshake_is_answered(stage, dial, handshake):
    message = json.dumps({"type": "authenticate", "token": "none of ours"}).encode()
    early = Frame(Opcode.TEXT, message).serialize(mask=True)

    peer = await dial(stage)
    await peer.send(f"{handshake}\r\n".encode() + early)
    head, _, frames = (await peer.rest()).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 101 ")
    assert b"Invalid or expired token." in frames


@pytest.mark.parametrize("handshake", HASTY.values(), ids=HASTY)
async def test_what_is_no_frame_behind_a_handshake_ends_it_after_the_answer(stage, dial, handshake):
    peer = await dial(stage)
    await peer.send(f"{handshake}\r\nGET /me HTTP/1.1\r\nHost: x\r\n\r\n")
    head, _, frames = (await peer.rest()).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 101 ")
    assert frames[2:4] == (1002).to_bytes(2, "big")


async def test_what_follows_a_handshake_that_is_none_is_left_unread(stage, dial):
    peer = await dial(stage)
    await peer.send(f"{FIRST}\r\nGET /me HTTP/1.1\r\nHost: x\r\n\r\n")

    assert (await peer.answer()).status == 400
