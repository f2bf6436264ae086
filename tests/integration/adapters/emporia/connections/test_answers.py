"""One request and its answer: what is sent, where it ends, and what is too much."""

import asyncio

import httpx
import pytest

from adapters.emporia.exchange import coming
from tests.integration.adapters.emporia.connections.conftest import (
    GOOD,
    Asker,
    Line,
    PlayedCloud,
    good,
)


async def test_a_request_is_what_http_says(cloud: PlayedCloud, asker: Asker) -> None:
    heard: list[bytes] = []

    async def listen(line: Line) -> None:
        heard.append(await line.asked())
        await line.say(GOOD)

    cloud.plays(listen)
    answer = await asker.begin(headers=[("authtoken", "a.b.c")])
    await answer.aclose()

    host = cloud.address.removeprefix("http://").encode()
    assert heard == [b"GET /x?y=z HTTP/1.1\r\nHost: %s\r\nauthtoken: a.b.c\r\n\r\n" % host]


@pytest.mark.parametrize("value", ["a\r\nb: c", "a\nb", "a\rb", "a\0"])
async def test_no_header_makes_another_request_of_it(
    cloud: PlayedCloud, asker: Asker, value: str
) -> None:
    with pytest.raises(httpx.LocalProtocolError):
        await asker.begin(headers=[("authtoken", value)])

    assert cloud.connections == 0


@pytest.mark.parametrize(
    ("pieces", "status", "body"),
    [
        ([b"HTTP/1.1 200 OK\r\n\r\nuntil ", b"the end"], 200, b"until the end"),
        ([b"HTTP/1.1 204 No\r\n\r\n"], 204, b""),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", GOOD], 200, b"good"),
        ([b"HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n" + GOOD], 200, b"good"),
        ([bytes([byte]) for byte in GOOD], 200, b"good"),
        (
            [
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ngo\r\n",
                b"2\r\nod\r\n0\r\n\r\n",
            ],
            200,
            b"good",
        ),
    ],
)
async def test_an_answer_ends_where_http_says(
    cloud: PlayedCloud, asker: Asker, pieces: list[bytes], status: int, body: bytes
) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        await line.say(*pieces)

    cloud.plays(speak)

    assert await asker.ask() == (status, body)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ngood",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n",
        b"HTTP/1.1 103 Early\r\n\r\n",
        b"HTTP/1.1 099 Early\r\nContent-Length: 3\r\n\r\nbad" + GOOD,
        b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * (coming.MOST_HEADERS + 1) + b"\r\n",
        b"HTTP/1.1 200 OK\r\na: " + b"b" * (coming.MOST_HEAD_BYTES + 1) + b"\r\n\r\n",
        b"HTTP/1.1 103 Early\r\na: b\r\n\r\n" * coming.MOST_HEAD_BYTES,
    ],
)
async def test_what_breaks_off_or_is_too_much_is_an_error(
    cloud: PlayedCloud, asker: Asker, said: bytes
) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        await line.say(said)

    cloud.plays(speak, good)
    with pytest.raises(httpx.RemoteProtocolError):
        await asker.ask()

    assert await asker.ask() == (200, b"good")


@pytest.mark.parametrize("begun", [b"", b"2\r\ngo\r\n0\r\na: ", b"2;a="])
async def test_what_never_becomes_a_body_is_too_much(
    cloud: PlayedCloud, asker: Asker, begun: bytes
) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
        await line.say(chunked + (b"\r\n" + begun if begun else b"a: "))
        while True:
            await line.say(b"b" * 1_000)

    cloud.plays(speak)

    async with asyncio.timeout(10):
        with pytest.raises(httpx.RemoteProtocolError):
            await asker.ask()


async def test_a_trailer_is_no_part_of_the_head(cloud: PlayedCloud, asker: Asker) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        await line.say(head + b"4\r\ngood\r\n0\r\nContent-Encoding: gzip\r\n\r\n")

    cloud.plays(speak)
    answer = await asker.begin()

    assert answer.headers.raw == [(b"Transfer-Encoding", b"chunked")]
    assert await answer.aread() == b"good"
    await answer.aclose()


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nso far"])
async def test_silence_is_told_as_such(cloud: PlayedCloud, asker: Asker, said: bytes) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        await line.say(said)
        await line.ended()

    cloud.plays(speak)

    with pytest.raises(httpx.ReadTimeout):
        await asker.ask(read_seconds=0.05)


async def test_a_sender_waits_for_its_reader(cloud: PlayedCloud, asker: Asker) -> None:
    length = 64 * 1024 * 1024  # more than any buffer of the system takes
    sent = 0

    async def speak(line: Line) -> None:
        nonlocal sent
        await line.asked()
        await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length)
        piece = b"x" * 65_536
        while sent < length:
            await line.say(piece)
            sent += len(piece)

    cloud.plays(speak)
    answer = await asker.begin()
    assert isinstance(answer.stream, httpx.AsyncByteStream)
    pieces = aiter(answer.stream)
    read = len(await anext(pieces))
    # Whoever reads little by little lets the sender go on little by little.
    for _ in range(50):
        read += len(await anext(pieces))
        await asyncio.sleep(0)
    assert sent < length
    read += sum([len(piece) async for piece in pieces])
    await answer.aclose()

    assert read == length
