"""Connections of our own: kept where they are good, given up where they are not."""

import asyncio

import httpx
import pytest

from adapters.emporia.exchange import wire_transport
from tests.integration.adapters.emporia.connections.conftest import (
    GOOD,
    Asker,
    Line,
    PlayedCloud,
    good,
    good_once,
)


async def test_one_connection_serves_one_request_after_the_other(
    cloud: PlayedCloud, asker: Asker
) -> None:
    cloud.plays(good)

    for _ in range(3):
        assert await asker.ask() == (200, b"good")

    assert cloud.connections == 1


async def test_requests_at_once_have_a_connection_each(cloud: PlayedCloud, asker: Asker) -> None:
    cloud.plays(good, good, good)

    answers = await asyncio.gather(*(asker.ask() for _ in range(3)))

    assert answers == [(200, b"good")] * 3
    assert cloud.connections == 3


async def test_a_connection_that_was_closed_meanwhile_is_not_used_again(
    cloud: PlayedCloud, asker: Asker, eventually
) -> None:
    cloud.plays(good_once, good)
    await asker.ask()
    [resting] = next(iter(asker.transport._resting.values()))
    await eventually(lambda: not resting.is_free)

    assert await asker.ask() == (200, b"good")
    assert cloud.connections == 2


async def test_a_connection_closes_after_a_rest(
    cloud: PlayedCloud, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire_transport, "IDLE_SECONDS", 0.01)
    closed = asyncio.Event()

    async def notice(line: Line) -> None:
        await good_once(line)
        await line.ended()
        closed.set()

    cloud.plays(notice)
    await asker.ask()

    await asyncio.wait_for(closed.wait(), 5)


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\ngood",
        b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\ngood",
        GOOD + b"HTTP/1.1 200 OK\r\n",
        GOOD + b"more than was told",
    ],
)
async def test_a_connection_that_is_not_good_for_more_is_given_up(
    cloud: PlayedCloud, asker: Asker, said: bytes
) -> None:
    async def speak(line: Line) -> None:
        await line.asked()
        await line.say(said)
        await line.ended()

    cloud.plays(speak, good)

    assert await asker.ask() == (200, b"good")
    assert await asker.ask() == (200, b"good")
    assert cloud.connections == 2


async def test_what_nobody_asked_for_ends_the_connection(cloud: PlayedCloud, asker: Asker) -> None:
    closed = asyncio.Event()
    go_on = asyncio.Event()

    async def speak(line: Line) -> None:
        await good_once(line)
        await go_on.wait()
        await line.say(GOOD)
        await line.ended()
        closed.set()

    cloud.plays(speak, good)
    await asker.ask()
    go_on.set()
    await asyncio.wait_for(closed.wait(), 5)

    assert await asker.ask() == (200, b"good")
    assert cloud.connections == 2


async def test_an_answer_that_is_given_up_closes_its_connection(
    cloud: PlayedCloud, asker: Asker
) -> None:
    closed = asyncio.Event()

    async def speak(line: Line) -> None:
        await line.asked()
        await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        await line.ended()
        closed.set()

    cloud.plays(speak)
    answer = await asker.begin()
    await answer.aclose()

    await asyncio.wait_for(closed.wait(), 5)


async def test_who_gives_up_waiting_closes_the_connection(cloud: PlayedCloud, asker: Asker) -> None:
    asked, closed = asyncio.Event(), asyncio.Event()

    async def speak(line: Line) -> None:
        await line.asked()
        asked.set()
        await line.ended()
        closed.set()

    cloud.plays(speak)
    asking = asyncio.create_task(asker.ask())
    await asked.wait()
    asking.cancel()

    await asyncio.wait_for(closed.wait(), 5)


async def test_who_finds_no_place_in_time_is_told(
    cloud: PlayedCloud, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asker.transport, "_places", asyncio.Semaphore(1))
    cloud.plays(good)
    answer = await asker.begin()

    with pytest.raises(httpx.PoolTimeout):
        await asker.begin(pool_seconds=0.01)
    waiting = asyncio.create_task(asker.ask())
    await answer.aread()
    await answer.aclose()

    assert await waiting == (200, b"good")


async def test_nobody_at_the_address_is_told_each_time(asker: Asker) -> None:
    asker.address = "http://127.0.0.1:9"
    for _ in range(wire_transport.CONNECTIONS + 1):  # no place is lost
        with pytest.raises(httpx.ConnectError):
            await asker.begin()


async def test_a_name_that_is_none_is_told(asker: Asker) -> None:
    asker.address = f"http://{'a' * 70}.test"
    with pytest.raises(httpx.ConnectError):
        await asker.begin()


async def test_what_ends_after_closing_is_not_kept(cloud: PlayedCloud, asker: Asker) -> None:
    closed = asyncio.Event()

    async def speak(line: Line) -> None:
        await good_once(line)
        await line.ended()
        closed.set()

    cloud.plays(speak)
    answer = await asker.begin()
    await asker.transport.aclose()
    assert await answer.aread() == b"good"
    await answer.aclose()

    await asyncio.wait_for(closed.wait(), 5)
