"""Requests that never arrive in full, and answers that nobody reads."""

import asyncio
import socket
import time
from urllib.parse import urlsplit

import pytest

from entrypoints.serving import hanging_up, http_protocol

ESTABLISHED = 1
DOCUMENT = b"GET /schema/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD = b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n"
BODY = b'{"email": "%b", "password": ""}'


async def test_a_connection_that_says_nothing_is_closed(stages, dial) -> None:
    async with stages(request_head_timeout_seconds=0.2) as stage:
        peer = await dial(stage)

        assert await peer.rest() == b""


@pytest.mark.parametrize("start", [b"GET", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nA: b\r\n"])
async def test_a_head_that_stays_incomplete_is_answered_with_408(stages, dial, start) -> None:
    async with stages(request_head_timeout_seconds=0.2) as stage:
        peer = await dial(stage)
        await peer.send(start)
        answer = await peer.answer()

    assert answer.status == 408
    assert answer.error == "The request took too long to arrive."
    assert answer.is_hardened()


@pytest.mark.parametrize("drop", [b"a", b"a: b\r\n"])
async def test_a_head_that_drips_earns_no_time_by_it(stages, dial, drop) -> None:
    async with stages(request_head_timeout_seconds=0.3) as stage:
        peer = await dial(stage)
        await peer.send(b"GET / HTTP/1.1\r\n")

        assert (await peer.send_repeatedly(drop)).startswith(b"HTTP/1.1 408 ")


async def test_empty_lines_between_requests_earn_no_time(stages, dial) -> None:
    async with stages(request_head_timeout_seconds=0.3) as stage:
        peer = await dial(stage)
        await peer.send(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")

        assert (await peer.send_repeatedly(b"\r\n")).endswith(b'{"status":"ok"}')


async def test_a_second_request_has_its_own_deadline(stages, dial) -> None:
    async with stages(request_head_timeout_seconds=0.3) as stage:
        peer = await dial(stage)
        await peer.send(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        await peer.reader.readuntil(b'{"status":"ok"}')
        await peer.send(b"GET /health")
        answer = await peer.answer()

    assert answer.status == 408


async def test_a_body_that_stays_incomplete_is_answered_with_408(stages, dial) -> None:
    async with stages(request_body_timeout_seconds=0.2) as stage:
        peer = await dial(stage)
        await peer.send(HEAD + b"{")
        answer = await peer.answer()

    assert answer.status == 408
    assert answer.is_hardened()


async def test_a_body_that_stays_incomplete_is_told_as_its_sender_asked(stages, dial) -> None:
    async with stages(request_body_timeout_seconds=0.2) as stage:
        peer = await dial(stage)
        asking = b"Host: x\r\nAccept: text/html\r\nAccept: application/problem+json\r\n"
        await peer.send(HEAD.replace(b"Host: x\r\n", asking) + b"{")
        answer = await peer.answer()

    assert (answer.status, answer.code) == (408, "request_too_late")


async def test_a_head_that_stays_incomplete_is_told_plainly(stages, dial) -> None:
    async with stages(request_head_timeout_seconds=0.2) as stage:
        peer = await dial(stage)
        await peer.send(b"GET / HTTP/1.1\r\nAccept: application/problem+json\r\n")
        answer = await peer.answer()

    assert (answer.status, answer.error) == (408, "The request took too long to arrive.")


async def test_a_body_that_drips_is_given_up(stages, dial) -> None:
    async with stages(request_body_timeout_seconds=0.2) as stage:
        peer = await dial(stage)
        await peer.send(HEAD)

        assert (await peer.send_repeatedly(b" ")).startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_keeps_coming_is_waited_for(stages, dial, eventually) -> None:
    async with stages(request_body_timeout_seconds=0.2) as stage:
        peer = await dial(stage)
        body = BODY % (b"a" * 3_971)
        await peer.send(HEAD + body[:2_048])
        late = time.monotonic() + 0.5
        await eventually(lambda: time.monotonic() > late)
        await peer.send(body[2_048:])

        assert b" 400 " in await peer.reader.readuntil(b"\r\n")


async def test_what_is_left_of_a_body_after_its_answer_is_not_waited_for(
    stages, dial, monkeypatch
) -> None:
    monkeypatch.setattr(http_protocol, "LEFTOVER_SECONDS", 0.2)
    async with stages() as stage:
        peer = await dial(stage)
        await peer.send(HEAD.replace(b"/login", b"/nowhere") + b"{")

        assert (await peer.send_repeatedly(b" " * 100)).startswith(b"HTTP/1.1 404 ")


async def test_an_answer_that_nobody_reads_is_given_up(stage, monkeypatch, eventually) -> None:
    monkeypatch.setattr(hanging_up, "UNREAD_SECONDS", 0.2)
    where = urlsplit(stage.url)
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(reader, (where.hostname, where.port))
        await loop.sock_sendall(reader, DOCUMENT * 12)

        await eventually(lambda: state_of(reader) != ESTABLISHED)


def state_of(connected: socket.socket) -> int:
    """What the kernel knows of a connection without reading from it."""
    return connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
