"""Answers are cut off at a size that no real one has, counted as they are inflated."""

import asyncio
import gzip
import threading
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from adapters.emporia.cognito.calls import LARGEST_ANSWER_BYTES
from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.exchange.bodies import SMALL_BYTES
from adapters.emporia.exchange.exchange import Answer
from adapters.emporia.exchange.large_answers import LARGE_AT_ONCE, LargeAnswers
from adapters.emporia.gateway import (
    LARGEST_CHART_BYTES,
    LARGEST_LIST_BYTES,
    HttpxEmporiaGateway,
)
from application.ports.emporia.emporia_gateway import ChartQuery
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import EmporiaUnreadable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHUNK = 16 * 1024


class Body(httpx.AsyncByteStream):
    """A body that comes in small pieces, and counts them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.sent_bytes = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._content), CHUNK):
            piece = self._content[start : start + CHUNK]
            self.sent_bytes += len(piece)
            yield piece


async def customer(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens) -> object:
    return await gateway.customer(tokens)


async def usages(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens) -> object:
    return await gateway.usages(
        tokens, gids=[1], instant=NOW, scale=Scale.MINUTE, unit=EnergyUnit.KILOWATT_HOURS
    )


async def chart(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens) -> object:
    query = ChartQuery(
        gid=1,
        channel="1,2,3",
        start=NOW,
        end=NOW,
        scale=Scale.HOUR,
        unit=EnergyUnit.KILOWATT_HOURS,
    )
    return await gateway.chart(tokens, query)


@pytest.mark.parametrize(
    ("ask", "largest_bytes"),
    [
        (customer, LARGEST_LIST_BYTES),
        (usages, LARGEST_LIST_BYTES),
        (chart, LARGEST_CHART_BYTES),
    ],
)
async def test_each_kind_of_answer_is_read_to_its_own_limit_and_no_further(
    make_gateway: Any, tokens: EmporiaTokens, ask: Callable[..., Any], largest_bytes: int
) -> None:
    body = Body(b'{"padding":"' + b"x" * 9 * 1024 * 1024 + b'"}')

    with pytest.raises(EmporiaUnreadable):
        await ask(make_gateway(lambda _: httpx.Response(200, stream=body)), tokens)

    assert largest_bytes < body.sent_bytes <= largest_bytes + CHUNK


async def test_a_sign_in_reads_no_more_than_tokens_can_be(
    make_user_pool: Callable[..., CognitoEmporiaUserPool], tokens: EmporiaTokens
) -> None:
    body = Body(b"[" * 9 * 1024 * 1024)
    pool = make_user_pool(lambda _: httpx.Response(200, stream=body))

    with pytest.raises(EmporiaUnreadable):
        await pool.sign_in("home@example.com", "password")

    assert body.sent_bytes <= LARGEST_ANSWER_BYTES + CHUNK
    with pytest.raises(EmporiaUnreadable):
        await pool.refresh(tokens)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_is_given_up_before_it_bursts(
    make_gateway: Any, tokens: EmporiaTokens, encoding: str
) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    body = Body(pack(bytes(200 * 1024 * 1024)))
    headers = {"Content-Encoding": encoding}

    with pytest.raises(EmporiaUnreadable):
        await make_gateway(lambda _: httpx.Response(200, headers=headers, stream=body)).customer(
            tokens
        )

    assert body.sent_bytes == CHUNK


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b'{"customerGid":7}') + bytes(9 * 1024 * 1024),
        # Blocks of which each is whole, and empty.
        b"\x1f\x8b\x08" + bytes(6) + b"\x03" + b"\0\0\0\xff\xff" * 2 * 1024 * 1024,
    ],
)
async def test_what_inflates_to_nothing_has_an_end_too(
    make_gateway: Any, tokens: EmporiaTokens, body: bytes
) -> None:
    sent = Body(body)
    headers = {"Content-Encoding": "gzip"}

    with pytest.raises(EmporiaUnreadable):
        await make_gateway(lambda _: httpx.Response(200, headers=headers, stream=sent)).customer(
            tokens
        )

    assert sent.sent_bytes <= LARGEST_LIST_BYTES + CHUNK


@pytest.mark.parametrize(("encoding", "is_read"), [("gzip", True), ("GZIP", True), ("br", False)])
async def test_gzip_is_read_and_what_nobody_asked_for_is_not(
    make_gateway: Any, tokens: EmporiaTokens, encoding: str, is_read: bool
) -> None:
    body = Body(gzip.compress(b'{"customerGid":7}'))
    gateway = make_gateway(
        lambda _: httpx.Response(200, headers={"Content-Encoding": encoding}, stream=body)
    )

    if is_read:
        assert (await gateway.customer(tokens)).account == 7
    else:
        with pytest.raises(EmporiaUnreadable):
            await gateway.customer(tokens)


async def test_large_answers_are_taken_apart_in_threads_and_a_few_at_a_time() -> None:
    large = b'{"padding":"' + b"x" * 2 * SMALL_BYTES + b'"}'
    running, most, threads = 0, 0, set()
    lock = threading.Lock()

    def read(answer: Answer) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            threads.add(threading.current_thread())
        msgspec.json.decode(answer.body)
        with lock:
            running -= 1
        return len(answer.body)

    client = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Body(large)))
    )
    ask = LargeAnswers(client, total_timeout_seconds=20)
    request = client.build_request("GET", "https://emporia.test/")
    asked = [ask(request, largest_bytes=LARGEST_LIST_BYTES, read=read) for _ in range(10)]

    assert await asyncio.gather(*asked) == [len(large)] * 10
    assert most <= LARGE_AT_ONCE
    assert threading.main_thread() not in threads
