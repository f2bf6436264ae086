"""What `watch` makes of a stream that breaks off, complains, or refuses its token."""

import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace

import httpx
import pytest
from websockets.asyncio.server import ServerConnection, serve

from entrypoints.streams.close_codes import CloseCode
from entrypoints.watch.account import Account, GatewayRefused
from entrypoints.watch.client import (
    LINK_AGAIN,
    LINK_YOURS,
    Connected,
    Event,
    Sample,
    Trouble,
    follow,
)

Step = Mapping[str, object] | int

USAGES = {"instant": "2026-03-01T12:00:00Z", "devices": []}
AUTHENTICATED = {"type": "authenticated", "message": "Authentication successful."}
SUBSCRIBED = {"type": "subscribed"}
PLAIN = {"type": "deviceData", "data": {"deviceListUsages": {**USAGES, "scale": "1MIN"}}}
FRAME = {"type": "deviceData", "data": {"deviceListUsages": USAGES, "live": {"stale": False}}}
SAMPLE = Sample(USAGES, is_stale=False)
BEGIN: list[Step] = [1, AUTHENTICATED, 1, SUBSCRIBED]


def error(sentence: str) -> dict[str, str]:
    return {"type": "error", "message": sentence}


@dataclass(slots=True)
class Gateway:
    """Plays a conversation for each connection; a frame is sent, a number of messages awaited.

    A close code ends it.
    """

    conversations: list[list[Step]]
    token_seconds: float = 3600
    calls: list[str] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)
    refusal: str = ""
    heard: list[dict[str, str]] = field(default_factory=list)

    @property
    def tokens(self) -> list[str]:
        """Those it was sent, in order."""
        return [message["token"] for message in self.heard if "token" in message]

    async def converse(self, connection: ServerConnection) -> None:
        for step in self.conversations.pop(0):
            if isinstance(step, CloseCode):
                await connection.close(step)
            elif isinstance(step, int):
                for _ in range(step):
                    self.heard.append(json.loads(await connection.recv()))
            else:
                await connection.send(json.dumps(step))

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request.url.path)
        if self.refusal and request.url.path == "/devices":
            problem = {"detail": "In other words.", "code": self.refusal}
            return httpx.Response(400, json=problem)
        claims = {"iat": 0, "exp": self.token_seconds, "n": len(self.calls)}
        payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()
        self.issued.append(f"x.{payload}.x")
        return httpx.Response(200, json={"token": self.issued[-1]})


async def no_time(_: float) -> None:
    return


@asynccontextmanager
async def following(
    gateway: Gateway, *, with_costs: bool = False
) -> AsyncIterator[Callable[[int], Awaitable[list[Event]]]]:
    """Reads so many events of a gateway's stream."""
    async with serve(gateway.converse, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", transport=httpx.MockTransport(gateway.answer)
        ) as http:
            account = Account(http, email="a@example.com", password="secret-word")
            await account.log_in()
            events = follow(account, scale="1S", with_costs=with_costs, sleep=no_time)
            async with aclosing(events):

                async def read(count: int) -> list[Event]:
                    return [await anext(events) for _ in range(count)]

                yield read


async def test_a_stream_that_breaks_off_comes_back():
    async with following(Gateway([[*BEGIN, FRAME], [*BEGIN, FRAME]])) as read:
        first, second, interruption, third, fourth = await read(5)

    assert (first, second) == (third, fourth) == (Connected(), SAMPLE)
    assert isinstance(interruption, Trouble)
    assert interruption.sentence.startswith("The stream ended; trying again in ")


async def test_it_subscribes_and_lets_by_what_came_before():
    gateway = Gateway([[1, AUTHENTICATED, PLAIN, 1, PLAIN, SUBSCRIBED, FRAME]])
    async with following(gateway) as read:
        events = await read(2)

    assert events == [Connected(), SAMPLE]
    assert gateway.heard[1] == {
        "type": "subscribe",
        "scale": "1S",
        "energyUnit": "KilowattHours",
    }


async def test_costs_are_asked_for_and_unknown_until_they_are_told():
    gateway = Gateway([[*BEGIN, FRAME]])
    async with following(gateway, with_costs=True) as read:
        events = await read(2)

    assert events == [Connected(), replace(SAMPLE, costs=())]
    assert gateway.heard[1] == {
        "type": "subscribe",
        "scale": "1S",
        "energyUnit": "KilowattHours",
        "extras": ["cost"],
    }


async def test_what_the_gateway_calls_stale_is_stale():
    stale = {"type": "deviceData", "data": {"deviceListUsages": USAGES, "live": {"stale": True}}}
    async with following(Gateway([[*BEGIN, stale]])) as read:
        _, sample = await read(2)

    assert sample == Sample(USAGES, is_stale=True)


async def test_an_outage_of_emporia_s_is_told_and_the_stream_goes_on():
    outage = error("Error fetching device data.")
    async with following(Gateway([[*BEGIN, outage, FRAME]])) as read:
        events = await read(3)

    assert events == [Connected(), Trouble("Error fetching device data."), SAMPLE]


async def test_a_refused_token_is_replaced_by_a_login():
    gateway = Gateway([[1, error("In other words."), CloseCode.TOKEN_REFUSED], BEGIN])
    async with following(gateway) as read:
        *_, connected = await read(3)

    assert connected == Connected()
    assert gateway.calls == ["/login", "/login"]
    assert gateway.tokens == gateway.issued


async def test_a_token_is_renewed_in_the_open_stream_before_it_ends():
    gateway = Gateway([[*BEGIN, 1, AUTHENTICATED, FRAME]], token_seconds=0.2)
    async with following(gateway) as read:
        events = await read(2)

    assert events == [Connected(), SAMPLE]
    assert gateway.calls[:2] == ["/login", "/token"]
    assert gateway.tokens[:2] == gateway.issued[:2]
    assert [message["type"] for message in gateway.heard] == [
        "authenticate",
        "subscribe",
        "authenticate",
    ]


@pytest.mark.parametrize("code", [CloseCode.USER_GONE, CloseCode.NO_DEVICES])
async def test_what_trying_again_would_not_mend_ends_it(code):
    async with following(Gateway([[1, error("In other words."), code]])) as read:
        with pytest.raises(GatewayRefused):
            await read(2)


@pytest.mark.parametrize(
    ("code", "sentence"), [("no_devices", LINK_YOURS), ("link_dead", LINK_AGAIN)]
)
async def test_a_stream_without_devices_says_by_its_code_what_is_to_be_done(code, sentence):
    told = {**error("In other words."), "code": code}
    conversation: list[Step] = [*BEGIN, told, CloseCode.NO_DEVICES]
    gateway = Gateway([conversation])
    async with following(gateway) as read:
        with pytest.raises(GatewayRefused) as refusal:
            await read(3)

    assert str(refusal.value) == sentence
    assert gateway.calls == ["/login"]


@pytest.mark.parametrize(
    ("code", "sentence"), [("not_linked", LINK_YOURS), ("link_dead", LINK_AGAIN)]
)
async def test_where_the_stream_ends_before_it_tells_a_code_the_devices_tell_it(code, sentence):
    conversation: list[Step] = [1, error("In other words."), CloseCode.NO_DEVICES]
    async with following(Gateway([conversation], refusal=code)) as read:
        with pytest.raises(GatewayRefused) as refusal:
            await read(2)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "sentence", ["Invalid or expired token.", "User not found.", "Error fetching devices."]
)
async def test_a_sentence_decides_nothing(sentence):
    gateway = Gateway([[*BEGIN, error(sentence), FRAME]])
    async with following(gateway) as read:
        events = await read(3)

    assert events == [Connected(), Trouble(sentence), SAMPLE]
    assert gateway.calls == ["/login"]
