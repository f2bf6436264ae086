"""One connection: it says what is wrong, knows when nobody is there, and comes back by itself."""

import asyncio

import pytest

from adapters.nats.connection import NatsAway, NatsConnection
from tests.servers.nats import NatsServer, nats_server

PATIENCE_SECONDS = 10.0


async def heard(signal: asyncio.Event) -> None:
    await asyncio.wait_for(signal.wait(), PATIENCE_SECONDS)
    signal.clear()


def noting(signal: asyncio.Event):
    async def note(*_: object) -> None:
        signal.set()

    return note


async def test_what_is_published_is_heard_by_whoever_listens(connection: NatsConnection) -> None:
    told = asyncio.Event()
    await connection.subscribe("news", noting(told))

    assert await connection.publish("news", b"good")

    await heard(told)


async def test_who_listens_and_breaks_goes_on_listening(connection: NatsConnection) -> None:
    told = asyncio.Event()

    async def break_once(message) -> None:
        told.set()
        if message.data == b"bad":
            raise RuntimeError

    await connection.subscribe("news", break_once)
    for payload in (b"bad", b"good"):
        await connection.publish("news", payload)
        await heard(told)


async def test_a_question_that_nobody_answers_is_none(connection: NatsConnection) -> None:
    assert await connection.request("questions", b"", seconds=1) is None


async def test_a_question_is_answered(connection: NatsConnection) -> None:
    async def answer(message) -> None:
        await message.respond(b"yes")

    await connection.subscribe("questions", answer)

    assert await connection.request("questions", b"", seconds=5) == b"yes"


async def test_a_server_that_is_away_and_back_is_told_of(
    server: NatsServer, connection: NatsConnection
) -> None:
    away, back, told = asyncio.Event(), asyncio.Event(), asyncio.Event()
    connection.on_away(noting(away))
    connection.on_back(noting(back))
    await connection.subscribe("news", noting(told))

    await asyncio.to_thread(server.stop)
    await heard(away)
    assert not connection.connected
    assert not await connection.publish("news", b"old")
    assert await connection.request("questions", b"", seconds=1) is None
    await asyncio.to_thread(server.start)
    await heard(back)

    assert connection.connected
    assert not told.is_set()
    await connection.publish("news", b"new")
    await heard(told)


async def test_a_server_that_hangs_is_found_out(
    server: NatsServer, connection: NatsConnection
) -> None:
    away, back = asyncio.Event(), asyncio.Event()
    connection.on_away(noting(away))
    connection.on_back(noting(back))

    server.pause()
    await heard(away)
    server.go_on()

    await heard(back)


async def test_no_server_at_all_is_a_sentence_within_seconds() -> None:
    connection = NatsConnection(["nats://127.0.0.1:9"])

    async with asyncio.timeout(PATIENCE_SECONDS):
        with pytest.raises(NatsAway, match="NATS_URL: no server of NATS answers there"):
            await connection.open()


async def test_a_token_is_needed_where_the_server_asks_for_one() -> None:
    with nats_server(token="pssst") as server:
        with pytest.raises(NatsAway):
            await NatsConnection([server.url], token="other").open()
        for urls, token in (
            ([server.url], "pssst"),
            ([server.url.replace("//", "//pssst@")], ""),
        ):
            connection = NatsConnection(urls, token=token)
            await connection.open()
            assert connection.connected
            await connection.close()


async def test_a_connection_that_was_never_opened_hears_nobody_and_can_be_closed() -> None:
    connection = NatsConnection(["nats://127.0.0.1:9"])

    assert not connection.connected
    assert not await connection.publish("news", b"")
    await connection.close()


async def test_who_is_sent_away_comes_back_when_the_server_lets_it_in_again() -> None:
    with nats_server(token="pssst") as server:
        away, back, told = asyncio.Event(), asyncio.Event(), asyncio.Event()
        connection = NatsConnection([server.url], token="pssst")
        connection.on_away(noting(away))
        connection.on_back(noting(back))
        await connection.open()
        await connection.subscribe("news", noting(told))

        server.change_token("other")
        await heard(away)
        server.change_token("pssst")
        await heard(back)

        await connection.publish("news", b"new")
        await heard(told)
        await connection.close()


async def test_a_server_without_tls_is_told_nothing_where_tls_was_asked_for() -> None:
    with nats_server(token="pssst") as server:
        connection = NatsConnection([server.url.replace("nats:", "tls:")], token="pssst")

        with pytest.raises(NatsAway, match="offers no TLS"):
            await connection.open()
