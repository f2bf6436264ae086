"""A cloud that does not speak HTTP, drips, or answers far too deep: an outage, and a short one."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.emporia.cognito.user_pool import PROOFS_AT_ONCE, CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from domain.emporia.links import EmporiaTokens
from domain.errors import EmporiaTimedOut, EmporiaUnavailable, EmporiaUnreadable

MakeUserPool = Callable[..., CognitoEmporiaUserPool]
MakeGateway = Callable[..., HttpxEmporiaGateway]

NOT_HTTP = [
    b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
    b"\x15\x03\x01\x00\x02\x02\x16",
    b"220 mail.example.com ESMTP\r\n\r\n",
    b"HTTP/1.1 abc OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nbroken header\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
]


def tokens() -> EmporiaTokens:
    now = datetime.now(UTC)
    return EmporiaTokens(
        id_token="a.b.c",
        refresh_token="the-refresh-token",
        issued_at=now,
        expires_at=now + timedelta(hours=1),
    )


@asynccontextmanager
async def speaking(
    speak: Callable[[asyncio.StreamWriter], Any],
) -> AsyncIterator[str]:
    """A server that reads a request's head and then speaks as it likes."""
    talking: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talking.add(asyncio.current_task())  # type: ignore[arg-type]
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            await speak(writer)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)


@pytest.mark.parametrize("spoken", NOT_HTTP)
async def test_what_is_not_http_is_an_outage_to_every_call(
    make_user_pool: MakeUserPool, make_gateway: MakeGateway, spoken: bytes
) -> None:
    async def speak(writer: asyncio.StreamWriter) -> None:
        writer.write(spoken)
        await writer.drain()

    async with speaking(speak) as address:
        with pytest.raises(EmporiaUnavailable):
            await make_gateway(address).customer(tokens())
        with pytest.raises(EmporiaUnavailable):
            await make_user_pool(address).refresh(tokens())
        with pytest.raises(EmporiaUnavailable):
            await make_user_pool(address).sign_in("home@example.com", "password")


async def test_deep_json_at_sign_in_is_unreadable(cloud: Any, make_user_pool: MakeUserPool) -> None:
    for _ in range(2):
        cloud.answer(200, b'{"a":' * 40_000 + b"1" + b"}" * 40_000)
    pool = make_user_pool(cloud.base_url)

    with pytest.raises(EmporiaUnreadable):
        await pool.sign_in("home@example.com", "password")
    with pytest.raises(EmporiaUnreadable):
        await pool.refresh(tokens())


async def test_dripping_answers_block_no_later_sign_in(
    cloud: Any, make_user_pool: MakeUserPool
) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with speaking(drip) as address:
        dripping = make_user_pool(address, total_timeout_seconds=0.3)
        outcomes = await asyncio.gather(
            *(dripping.sign_in("home@example.com", "x") for _ in range(PROOFS_AT_ONCE + 2)),
            return_exceptions=True,
        )
    assert [type(outcome) for outcome in outcomes] == [EmporiaTimedOut] * len(outcomes)
    cloud.answer(400, {"__type": "TooManyRequestsException", "message": "Rate exceeded"})
    dripping._ask._address = cloud.base_url + "/"  # the same pool, well again
    with pytest.raises(EmporiaUnavailable):
        await dripping.sign_in("home@example.com", "password")


async def test_a_sign_in_takes_no_settings_of_amazons_from_the_surroundings(
    cloud: Any, make_user_pool: MakeUserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AWS_PROFILE": "nope",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_CA_BUNDLE": "/nowhere",
        "REQUESTS_CA_BUNDLE": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    cloud.answer(400, {"__type": "TooManyRequestsException", "message": "Rate exceeded"})

    with pytest.raises(EmporiaUnavailable):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")

    assert len(cloud.bodies) == 1
