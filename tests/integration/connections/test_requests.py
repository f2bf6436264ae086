"""Requests that are too large, too odd, or none at all: each gets an answer, and then the end."""

import asyncio

import httpx
import pytest

START = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"
CHUNKS = b"POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

ODD = {
    "headers of 20 MB": (START + b"A: %b\r\n" % (b"b" * 59_000) * 340 + b"\r\n", 431),
    "a header without an end": (START + b"A: " + b"b" * 2_000_000, 431),
    "a header of 20 kB": (START + b"A: %b\r\n\r\n" % (b"b" * 20_000), 431),
    "300 headers": (START + b"A: b\r\n" * 300 + b"\r\n", 431),
    "an address of 9 kB": (b"GET /%b HTTP/1.1\r\nHost: x\r\n\r\n" % (b"a" * 9_000), 414),
    "no request": (b"hello?\r\n\r\n", 400),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    "an address that is none": (b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "two lengths": (START + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "a length and chunks": (START + b"Content-Length: 1\r\n" + CHUNKS.split(b"\r\n", 2)[2], 400),
    "an unknown method": (START.replace(b"GET", b"BREW") + b"\r\n", 501),
    "a tunnel": (b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a body in pieces of a byte": (CHUNKS + b"1\r\n \r\n" * 8_000, 400),
    "300 trailers": (CHUNKS + b"1\r\n \r\n0\r\n" + b"A: b\r\n" * 300, 431),
    "a trailer without an end": (CHUNKS + b"1\r\n \r\n0\r\nA: " + b"b" * 2_000_000, 431),
    "an endless extension": (CHUNKS + b"1;a=" + b"b" * 2_000_000, 431),
}


@pytest.mark.parametrize(("request_bytes", "status"), ODD.values(), ids=ODD)
async def test_what_is_no_good_request_is_answered_in_the_envelope(
    stage, dial, request_bytes, status
) -> None:
    peer = await dial(stage)
    reading = asyncio.create_task(peer.answer())
    for start in range(0, len(request_bytes), 65_536):
        await peer.send(request_bytes[start : start + 65_536])
    answer = await reading

    assert answer.status == status
    assert answer.error.endswith(".")
    assert answer.is_hardened()
    assert answer.headers["connection"] == "close"


ASKING = b"Host: x\r\nAccept: application/problem+json\r\n"

READ = {
    "a body in pieces of a byte": "too_many_pieces",
    "300 trailers": "headers_too_large",
    "a trailer without an end": "headers_too_large",
    "an endless extension": "headers_too_large",
}


@pytest.mark.parametrize(("name", "code"), READ.items(), ids=READ)
async def test_what_is_refused_after_the_head_is_told_as_its_sender_asked(
    stage, dial, name, code
) -> None:
    request_bytes, status = ODD[name]
    peer = await dial(stage)
    reading = asyncio.create_task(peer.answer())
    await peer.send(request_bytes.replace(b"Host: x\r\n", ASKING))
    answer = await reading

    assert (answer.status, answer.code) == (status, code)
    assert answer.is_hardened()
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("name", ["an address of 9 kB", "300 headers", "an unknown method"])
async def test_what_is_refused_before_its_head_was_read_is_told_plainly(stage, dial, name) -> None:
    request_bytes, status = ODD[name]
    peer = await dial(stage)
    await peer.send(request_bytes.replace(b"Host: x\r\n", ASKING))
    answer = await peer.answer()

    assert answer.status == status
    assert answer.error.endswith(".")


async def test_what_a_request_asked_for_says_nothing_of_the_one_behind_it(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send(START.replace(b"Host: x\r\n", ASKING) + b"\r\n")
    await peer.reader.readuntil(b'{"status":"ok"}')
    await peer.send(b"hello?\r\n\r\n")
    answer = await peer.answer()

    assert (answer.status, answer.error) == (400, "The request can't be read.")


async def test_a_trailer_never_becomes_a_header(stage, dial) -> None:
    person = await stage.sign_up()
    peer = await dial(stage)
    await peer.send(
        b"GET /me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"0\r\nAuthorization: Bearer %b\r\n\r\n" % person.token.encode()
    )
    answer = await peer.answer()

    assert (answer.status, answer.error) == (401, "Authorization header missing.")


async def test_a_broken_request_behind_a_good_one_does_not_cost_it_its_answer(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send(START + b"\r\nhello?\r\n\r\n")
    answer = await peer.answer()

    assert (answer.status, answer.body) == (200, b'{"status":"ok"}')


async def test_a_thousand_requests_at_once_get_a_few_answers_and_the_end(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send((START + b"\r\n") * 1_000)
    answers = (await peer.rest()).count(b'{"status":"ok"}')

    assert 1 <= answers <= 20


async def test_some_requests_at_once_are_all_answered(stage, dial) -> None:
    peer = await dial(stage)
    await peer.send((START + b"\r\n") * 9 + START + b"Connection: close\r\n\r\n")

    assert (await peer.rest()).count(b'{"status":"ok"}') == 10


async def test_a_hundred_headers_are_none_too_many(stage) -> None:
    headers = {f"x-{number}": "y" * 100 for number in range(90)}

    answer = await stage.client.get("/health/live", headers=headers)

    assert answer.status_code == 200


async def test_a_body_in_some_pieces_is_read(stage) -> None:
    async def pieces():
        for piece in (b'{"email":', b' "a@example.com",', b' "password": ""}'):
            yield piece

    async with httpx.AsyncClient(base_url=stage.url) as client:
        answer = await client.post("/login", content=pieces())

    assert answer.status_code == 400
    assert answer.json() == {"error": "Email and password are required."}
