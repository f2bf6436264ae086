"""WebSocket handshakes that are none."""

import logging

import pytest

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
