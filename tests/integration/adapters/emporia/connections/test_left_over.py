"""What one request leaves on its connection reaches no other."""

import asyncio
import socket
from collections.abc import Callable

import pytest

from tests.integration.adapters.emporia.connections.conftest import (
    GOOD,
    Asker,
    Line,
    PlayedCloud,
    good,
)


@pytest.mark.parametrize(
    "happens",
    [
        lambda line: line.writer.write(GOOD.replace(b"good", b"evil")),
        lambda line: line.writer.get_extra_info("socket").shutdown(socket.SHUT_WR),
    ],
)
async def test_what_the_loop_has_not_heard_yet_ends_the_connection_too(
    cloud: PlayedCloud, asker: Asker, happens: Callable[[Line], None]
) -> None:
    lines: list[Line] = []

    async def speak(line: Line) -> None:
        lines.append(line)
        await good(line)

    cloud.plays(speak, good)
    await asker.ask()
    happens(lines[0])  # and the event loop has no turn before the next request

    assert await asker.ask() == (200, b"good")
    assert cloud.connections == 2


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
async def test_a_body_where_there_is_none_answers_nobody(
    cloud: PlayedCloud, asker: Asker, status: bytes
) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        await line.say(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(GOOD)))
        await line.asked()
        await line.say(GOOD)

    cloud.plays(speak, good)

    assert (await asker.ask())[1] == b""
    assert await asker.ask() == (200, b"good")
    assert cloud.connections == 2


async def test_a_request_does_not_wait_behind_one_that_is_not_sent_yet(
    cloud: PlayedCloud, asker: Asker
) -> None:
    async def refuse(line: Line) -> None:
        await line.asked()
        await line.say(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        line.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.Event().wait()

    cloud.plays(refuse, good)
    large = bytes(64 * 1024 * 1024)  # more than any buffer of the system takes
    answer = await asker.begin(content=large)
    assert await answer.aread() == b""
    await answer.aclose()

    assert await asker.ask() == (200, b"good")
    assert cloud.connections == 2
