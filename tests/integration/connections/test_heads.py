"""Heads that two readers could understand in two ways: refused, so that nobody has to guess."""

import pytest

LIVE = "GET /health/live HTTP/1.1\r\nConnection: close\r\n"
LOGIN = "POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
CHUNK = "2\r\n{}\r\n0\r\n\r\n"
NOT_ONE = "Host: the request has to name its host, and only once."
NO_HOST = "Host: not a host name or address, perhaps with a port, such as example.com:3000."
UNCLEAR = (
    "It is not clear where the body ends: send Content-Length, or Transfer-Encoding: chunked over "
    "HTTP/1.1, and not both."
)

HOSTS = {
    "none": ("", NOT_ONE),
    "two": ("Host: x\r\nHost: y\r\n", NOT_ONE),
    "the same twice": ("Host: x\r\nHost: x\r\n", NOT_ONE),
    "an empty one": ("Host:\r\n", NO_HOST),
    "one with a path": ("Host: x/y\r\n", NO_HOST),
    "one with a user": ("Host: a@x\r\n", NO_HOST),
    "two in one line": ("Host: x, y\r\n", NO_HOST),
    "a port that is none": ("Host: x:http\r\n", NO_HOST),
    "a bracket that stays open": ("Host: [::1\r\n", NO_HOST),
}


@pytest.mark.parametrize(("lines", "sentence"), HOSTS.values(), ids=HOSTS)
@pytest.mark.parametrize("upgrade", [False, True], ids=["a request", "a handshake"])
async def test_a_host_that_is_not_one_is_400(stage, dial, lines, sentence, upgrade) -> None:
    handshake = (
        "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    )
    peer = await dial(stage)
    await peer.send(f"{handshake if upgrade else LIVE}{lines}\r\n")
    answer = await peer.answer()

    assert (answer.status, answer.error) == (400, sentence)
    assert answer.is_hardened()
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    "host",
    ["x", "gateway.example.com", "gateway_1:3000", "127.0.0.1:3000", "[::1]:3000", "x:", "a%20b"],
)
async def test_a_host_of_every_form_is_served(stage, dial, host) -> None:
    peer = await dial(stage)
    await peer.send(f"{LIVE}Host: {host}\r\n\r\n")

    assert (await peer.answer()).status == 200


async def test_http_1_0_need_not_name_a_host(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send("GET /health/live HTTP/1.0\r\n\r\n")

    assert (await peer.answer()).status == 200


BODIES = {
    "gzip, chunked": ("Transfer-Encoding: gzip, chunked\r\n", 501),
    "in two lines": ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501),
    "chunked twice": ("Transfer-Encoding: chunked, chunked\r\n", 400),
    "gzip alone": ("Transfer-Encoding: gzip\r\n", 400),
    "chunked before gzip": ("Transfer-Encoding: chunked, gzip\r\n", 400),
    "chunks and a length": ("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", 400),
    "a length and chunks": ("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", 400),
    "gzip, chunks and a length": (
        "Content-Length: 2\r\nTransfer-Encoding: gzip, chunked\r\n",
        400,
    ),
}


@pytest.mark.parametrize(("lines", "status"), BODIES.values(), ids=BODIES)
async def test_a_body_sent_in_a_way_that_is_not_known_is_refused(
    stage, dial, lines, status
) -> None:
    peer = await dial(stage)
    await peer.send(f"{LOGIN}{lines}\r\n{CHUNK}")
    answer = await peer.answer()

    assert answer.status == status
    assert answer.error.endswith(".")
    assert answer.headers["connection"] == "close"


async def test_chunks_over_http_1_0_are_400(stage, dial) -> None:
    peer = await dial(stage)
    old = LOGIN.replace("HTTP/1.1", "HTTP/1.0")
    await peer.send(f"{old}Transfer-Encoding: chunked\r\n\r\n{CHUNK}")
    answer = await peer.answer()

    assert (answer.status, answer.error) == (400, UNCLEAR)


@pytest.mark.parametrize("coding", ["chunked", "Chunked", " chunked "])
async def test_chunks_are_read(stage, dial, coding) -> None:
    peer = await dial(stage)
    await peer.send(f"{LOGIN}Transfer-Encoding: {coding}\r\n\r\n{CHUNK}")
    answer = await peer.answer()

    assert (answer.status, answer.error) == (400, "Email and password are required.")
