"""A page that somebody leaves open: its stream outlives its token, up to the end of its login."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from dependency_injector import providers

from adapters.system.clock import SystemClock
from entrypoints.composition import Container
from entrypoints.streams.close_codes import CloseCode

FREQUENT_FRAMES = 0.02
TOKEN_LIFETIME = timedelta(hours=1)
BEFORE_ITS_END = timedelta(minutes=55)


class HurriedClock(SystemClock):
    """The machine's time, as far ahead as a test has moved it; who sleeps, sleeps on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@pytest.fixture
def clock() -> Iterator[HurriedClock]:
    """The clock of every gateway that a test makes."""
    clock = HurriedClock()
    with Container.clock.override(providers.Callable(lambda: clock)):
        yield clock


async def subscribed(stage, person):
    """A page's stream, while frames flow fast."""
    stage.container.feed.add_kwargs(tick_seconds=FREQUENT_FRAMES)
    socket = await stage.stream(person)
    await socket.send({"type": "subscribe", "scale": "1S", "energyUnit": "KilowattHours"})
    await socket.receive_until("subscribed")
    return socket


async def renew(stage, person, socket) -> None:
    """Fetch a token for the one that ends, and go on with it."""
    answer = await stage.client.post("/token", headers=person.bearer)
    assert answer.status_code == 200
    person.token = answer.json()["token"]
    await socket.send({"type": "authenticate", "token": person.token})
    await socket.receive_until("authenticated")


async def test_a_page_left_open_for_a_week_still_shows_what_it_asked_for(clock, stages):
    shown = []
    async with stages() as stage:
        person = await stage.linked()
        socket = await subscribed(stage, person)
        while clock.ahead < timedelta(days=7):
            clock.ahead += BEFORE_ITS_END
            await renew(stage, person, socket)
            shown.append((await socket.receive_until("deviceData"))["data"])
        while (await socket.receive_until("deviceData"))["data"]["live"]["stale"]:
            pass  # Emporia is asked again in a moment

    assert len(shown) == 184
    assert {frame["deviceListUsages"]["scale"] for frame in shown} == {"1S"}
    assert {"live" in frame for frame in shown} == {True}


async def test_a_page_that_renews_too_late_is_told_so(clock, stages):
    async with stages() as stage:
        socket = await subscribed(stage, await stage.linked())
        clock.ahead = TOKEN_LIFETIME

        assert (await socket.receive_until("error"))["message"] == "Invalid or expired token."
        assert await socket.closed() == CloseCode.TOKEN_REFUSED


async def test_the_login_s_end_is_the_stream_s_however_often_it_is_renewed(clock, stages):
    async with stages(login_lifetime_days=1) as stage:
        person = await stage.linked()
        socket = await subscribed(stage, person)
        while clock.ahead < timedelta(days=1) - BEFORE_ITS_END:
            clock.ahead += BEFORE_ITS_END
            await renew(stage, person, socket)
        clock.ahead = timedelta(days=1)

        assert (await socket.receive_until("error"))["message"] == "Invalid or expired token."
        assert await socket.closed() == CloseCode.TOKEN_REFUSED
        assert (await stage.client.post("/token", headers=person.bearer)).status_code == 401
