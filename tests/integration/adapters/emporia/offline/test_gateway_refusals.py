import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from adapters.emporia.gateway import LARGEST_LIST_BYTES, HttpxEmporiaGateway
from adapters.fake.clock import ManualClock
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    EmporiaError,
    EmporiaRefusedRequest,
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)
from tests.integration.adapters.emporia.offline.conftest import AN_HOUR, NOW

MakeGateway = Callable[[Callable[[httpx.Request], httpx.Response]], HttpxEmporiaGateway]
Call = Callable[[HttpxEmporiaGateway, EmporiaTokens], Awaitable[object]]

FOREIGN = '{"message":"me@example.com is not authorized on the requested deviceGid 7"}'


def customer(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens) -> Awaitable[object]:
    return gateway.customer(tokens)


def usages(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens) -> Awaitable[object]:
    return gateway.usages(
        tokens, gids=[1], instant=NOW, scale=Scale.MINUTE, unit=EnergyUnit.KILOWATT_HOURS
    )


def chart(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens) -> Awaitable[object]:
    return gateway.chart(tokens, AN_HOUR)


EVERY_CALL = pytest.mark.parametrize("call", [customer, usages, chart])


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, '{"message":"Unauthorized"}', EmporiaTokenRefused),
        (401, "", EmporiaTokenRefused),
        (401, FOREIGN, EmporiaRefusedRequest),
        (403, '{"message":"Missing Authentication Token"}', EmporiaUnreadable),
        (404, "", EmporiaUnreadable),
        (418, "", EmporiaUnreadable),
        (302, "", EmporiaUnreadable),
        (204, "", EmporiaUnreadable),
        (429, "", EmporiaThrottled),
        (499, "", EmporiaThrottled),
        (500, "<html>", EmporiaUnavailable),
        (502, "", EmporiaUnavailable),
        (503, "", EmporiaUnavailable),
        (504, "", EmporiaUnavailable),
        (200, '{"msg":"down"}', EmporiaUnavailable),
        (200, '{"msg":"up"}', EmporiaUnreadable),
        (200, '{"customerGid":1,"devices":[{"deviceGid":', EmporiaUnreadable),
        (200, "[]", EmporiaUnreadable),
        (200, "<AccessDenied/>", EmporiaUnreadable),
    ],
)
@EVERY_CALL
async def test_every_answer_is_folded_into_what_the_core_knows(
    make_gateway: MakeGateway,
    tokens: EmporiaTokens,
    call: Call,
    status: int,
    body: str,
    error: type[EmporiaError],
) -> None:
    gateway = make_gateway(lambda _: httpx.Response(status, text=body))

    with pytest.raises(error) as raised:
        await call(gateway, tokens)

    assert raised.type is error
    assert str(raised.value) == error.sentence


@pytest.mark.parametrize("call", [usages, chart])
async def test_a_400_refuses_the_question(
    make_gateway: MakeGateway, tokens: EmporiaTokens, call: Call
) -> None:
    gateway = make_gateway(lambda _: httpx.Response(400, text="{identity={email=me@example.com}}"))

    with pytest.raises(EmporiaRefusedRequest) as raised:
        await call(gateway, tokens)

    assert str(raised.value) == EmporiaRefusedRequest.sentence


async def test_a_400_to_the_device_list_is_the_clouds_own_fault(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    gateway = make_gateway(lambda _: httpx.Response(400))

    with pytest.raises(EmporiaUnavailable):
        await gateway.customer(tokens)


@pytest.mark.parametrize(
    ("status", "body", "header", "seconds"),
    [
        (429, "", "17", 17),
        (503, "", "Sun, 01 Mar 2026 12:01:00 GMT", 60),
        (499, "", "soon", None),
        (200, '{"msg":"down"}', "600", 300),
    ],
)
async def test_an_outage_tells_when_to_ask_again(
    make_gateway: MakeGateway,
    tokens: EmporiaTokens,
    status: int,
    body: str,
    header: str,
    seconds: float | None,
) -> None:
    gateway = make_gateway(
        lambda _: httpx.Response(status, text=body, headers={"Retry-After": header})
    )

    with pytest.raises(EmporiaUnavailable) as raised:
        await gateway.customer(tokens)

    assert raised.value.retry_after_seconds == seconds


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (httpx.ConnectError("refused"), EmporiaUnavailable),
        (httpx.ReadError("reset"), EmporiaUnavailable),
        (httpx.RemoteProtocolError("no HTTP"), EmporiaUnavailable),
        (httpx.ConnectTimeout("slow"), EmporiaTimedOut),
        (httpx.ReadTimeout("slow"), EmporiaTimedOut),
        (httpx.PoolTimeout("busy"), EmporiaTimedOut),
    ],
)
async def test_a_broken_connection_is_an_outage_and_a_silent_one_times_out(
    make_gateway: MakeGateway,
    tokens: EmporiaTokens,
    failure: httpx.TransportError,
    error: type[EmporiaError],
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(error):
        await make_gateway(fail).customer(tokens)


async def test_an_answer_wrongly_compressed_is_unreadable(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    gateway = make_gateway(
        lambda _: httpx.Response(
            200, headers={"Content-Encoding": "gzip"}, stream=Chunks(count=1, size=10)
        )
    )

    with pytest.raises(EmporiaUnreadable):
        await gateway.customer(tokens)


async def test_an_endless_answer_is_given_up_at_the_limit(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    endless = Chunks(count=1_000_000, size=LARGEST_LIST_BYTES // 4)

    with pytest.raises(EmporiaUnreadable):
        await make_gateway(lambda _: httpx.Response(200, stream=endless)).customer(tokens)

    assert endless.sent == 5


async def test_an_answer_that_never_ends_in_time_times_out(
    clock: ManualClock, tokens: EmporiaTokens
) -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        return httpx.Response(200)

    gateway = HttpxEmporiaGateway(
        httpx.AsyncClient(transport=httpx.MockTransport(never)),
        clock=clock,
        base_url="https://emporia.test",
        total_timeout_seconds=0,
    )

    with pytest.raises(EmporiaTimedOut):
        await gateway.customer(tokens)


class Chunks(httpx.AsyncByteStream):
    """A body of zeros that counts what was read of it."""

    def __init__(self, *, count: int, size: int) -> None:
        self._count = count
        self._chunk = bytes(size)
        self.sent = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.sent < self._count:
            self.sent += 1
            yield self._chunk
