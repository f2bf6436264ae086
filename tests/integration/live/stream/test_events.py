"""`GET /devices/stream`: the stream for whoever speaks nothing but HTTP."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import jwt
import pytest

from domain.instants import parse_instant

FOREIGN_GID = 99


class Events:
    """An open event stream."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> dict[str, str]:
        """The fields of the next event; the end fails the test."""
        event = await self.next_or_end()
        assert event is not None
        return event

    async def next_or_end(self) -> dict[str, str] | None:
        """The fields of the next event, None at the end."""
        fields: dict[str, str] = {}
        async for line in self._lines:
            if line.startswith(":"):
                continue
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                return fields
        assert fields == {}
        return None

    async def of_kind(self, kind: str) -> dict[str, str]:
        """The next event of this kind, others passed over."""
        while (event := await self.next_or_end()) is not None:
            if event.get("event") == kind:
                return event
        raise AssertionError(f"the stream ended before an event {kind}")

    async def usages(self) -> dict[str, Any]:
        """The `data` of the next sample."""
        data: dict[str, Any] = json.loads((await self.of_kind("deviceData"))["data"])["data"]
        return data

    async def rest(self) -> list[dict[str, str]]:
        """Every event up to the end."""
        events = []
        while (event := await self.next_or_end()) is not None:
            events.append(event)
        return events


@asynccontextmanager
async def streaming(stage: Any, person: Any, query: str = "") -> AsyncIterator[Events]:
    """The event stream of this person."""
    path = f"/devices/stream?{query}"
    async with (
        httpx.AsyncClient(base_url=stage.url) as client,
        client.stream("GET", path, headers=person.bearer) as response,
    ):
        assert response.status_code == 200
        yield Events(response)


def short_lived(stage: Any, person: Any, seconds: int) -> str:
    """The person's token with another expiry."""
    claims = jwt.decode(person.token, options={"verify_signature": False})
    secret = bytes.fromhex((stage.settings.data_dir / "token-secret").read_text())
    return jwt.encode({**claims, "exp": int(time.time()) + seconds}, secret, algorithm="HS256")


def told(event: dict[str, str]) -> str:
    """The sentence of an error."""
    message = json.loads(event["data"])
    assert (event["event"], message["type"]) == ("error", "error")
    sentence: str = message["message"]
    return sentence


async def test_it_begins_with_retry_and_then_sends_the_frames_of_the_socket(stage) -> None:
    person = await stage.linked()
    socket = await stage.stream(person)

    async with streaming(stage, person) as events:
        first, second = await events.next(), await events.next()
        frame = await socket.connection.recv()

    assert first == {"retry": "3000"}
    assert list(second) == ["event", "id", "data"]
    assert second["event"] == "deviceData"
    assert second["data"] == frame
    assert second["id"] == json.loads(frame)["data"]["deviceListUsages"]["instant"]


async def test_a_frame_comes_every_second(stage) -> None:
    async with streaming(stage, await stage.linked()) as events:
        await events.of_kind("deviceData")
        started = time.monotonic()
        for _ in range(3):
            await events.of_kind("deviceData")

    assert 1.5 <= time.monotonic() - started <= 4


async def test_the_answer_is_an_event_stream_that_nobody_stores_or_compresses(stage) -> None:
    async with streaming(stage, await stage.linked()) as events:
        headers = events.response.headers

    assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert headers["Cache-Control"] == "no-store, no-transform"
    assert "Content-Encoding" not in headers
    assert "Content-Length" not in headers


@pytest.mark.parametrize(
    ("query", "scale", "unit"),
    [
        ("scale=1S", "1S", "KilowattHours"),
        ("energyUnit=Dollars", "1MIN", "Dollars"),
        ("scale=1H&energyUnit=Carbon", "1H", "Carbon"),
    ],
)
async def test_what_is_asked_for_is_shown_and_tells_its_age(stage, query, scale, unit) -> None:
    async with streaming(stage, await stage.linked(), query) as events:
        data = await events.usages()

    usages = data["deviceListUsages"]
    assert (usages["scale"], usages["energyUnit"]) == (scale, unit)
    assert parse_instant(data["live"]["receivedAt"], name="receivedAt")
    assert data["live"]["sampledAt"] == usages["instant"]


async def test_without_a_query_frames_do_not_tell_their_age(stage) -> None:
    async with streaming(stage, await stage.linked()) as events:
        assert set(await events.usages()) == {"deviceListUsages"}


@pytest.mark.parametrize(
    "form", ["devices={}&devices={}", "devices={},{}", "devices[]={}&devices[]={}"]
)
async def test_devices_are_taken_in_every_form(stage, form) -> None:
    person = await stage.linked()
    devices = (await stage.get("/devices", person)).json()["devices"]
    gids = sorted(device["deviceGid"] for device in devices)[:2]

    async with streaming(stage, person, form.format(*gids)) as events:
        data = await events.usages()

    shown = {device["deviceGid"] for device in data["deviceListUsages"]["devices"]}
    assert shown <= set(gids)
    assert shown
    assert "live" in data


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("scale=1m", "scale: '1m' is not known"),
        ("scale=", "scale: '' is not known"),
        ("energyUnit=Watts", "energyUnit: 'Watts' is not known"),
        ("devices=x", "devices: 'x' is not a gid"),
        (f"devices={FOREIGN_GID}", f"{FOREIGN_GID}"),
    ],
)
async def test_what_cannot_be_asked_for_is_a_plain_400(stage, open_streams, query, named) -> None:
    person = await stage.linked()

    answer = await stage.client.get(f"/devices/stream?{query}", headers=person.bearer)

    assert answer.status_code == 400
    assert named in answer.json()["error"]
    assert open_streams() == 0


async def test_nothing_linked_is_a_plain_400(stage, open_streams) -> None:
    answer = await stage.get("/devices/stream", await stage.sign_up())

    assert (answer.status_code, answer.json()) == (400, {"error": "Failed to fetch devices"})
    assert open_streams() == 0


async def test_a_dead_link_is_a_plain_400(stage) -> None:
    person = await stage.linked()
    await stage.revoke_refresh_tokens()
    await stage.expire_tokens()
    socket = await stage.stream(person)
    await socket.closed()

    answer = await stage.get("/devices/stream", person)

    assert answer.status_code == 400
    assert answer.json() == {"error": "The Emporia account has to be linked again."}


async def test_it_counts_among_the_streams_of_its_user(stages) -> None:
    async with stages(stream_sockets_per_user=1) as stage:
        person = await stage.linked()
        async with streaming(stage, person) as events:
            await events.of_kind("deviceData")
            answer = await stage.get("/devices/stream", person)

    assert answer.status_code == 429
    assert answer.json() == {"error": "Too many streams are open for this user."}
    assert answer.headers["Retry-After"]


async def test_an_outage_is_an_error_and_events_go_on(stage) -> None:
    async with streaming(stage, await stage.linked()) as events:
        await events.of_kind("deviceData")
        await stage.fault(kind="server_error")
        failed = await events.of_kind("error")
        going_on = await events.next()

    assert told(failed) == "Error fetching device data."
    assert going_on["event"] == "deviceData"


async def test_the_cloud_down_at_the_start_is_an_error_until_events_come(stage) -> None:
    person = await stage.linked()
    await stage.fault(kind="server_error")

    async with streaming(stage, person) as events:
        assert told(await events.of_kind("error")) == "Error fetching device data."
        await stage.heal()
        assert (await events.next())["event"] == "deviceData"


async def test_logging_out_ends_it_with_a_last_error(stage, open_streams) -> None:
    person = await stage.linked()

    async with streaming(stage, person) as events:
        await events.of_kind("deviceData")
        await stage.client.post("/logout", headers=person.bearer)
        *_, last = await events.rest()

    assert told(last) == "Invalid or expired token."
    assert open_streams() == 0


async def test_unlinking_ends_it_with_a_last_error(stage) -> None:
    person = await stage.linked()

    async with streaming(stage, person) as events:
        await events.of_kind("deviceData")
        await stage.client.delete("/emporia-auth", headers=person.bearer)
        *_, last = await events.rest()

    assert told(last) == "Error fetching devices."


@pytest.mark.parametrize(("query", "code"), [("", {}), ("scale=1MIN", {"code": "no_devices"})])
async def test_an_error_has_its_code_where_anything_was_asked_for(stage, query, code) -> None:
    person = await stage.linked()

    async with streaming(stage, person, query) as events:
        await events.of_kind("deviceData")
        await stage.client.delete("/emporia-auth", headers=person.bearer)
        *_, last = await events.rest()

    assert json.loads(last["data"]) == {
        "type": "error",
        "message": "Error fetching devices.",
        **code,
    }


async def test_a_link_that_dies_ends_it_with_a_code_of_its_own(stage) -> None:
    person = await stage.linked()

    async with streaming(stage, person, "scale=1MIN") as events:
        await events.of_kind("deviceData")
        await stage.revoke_refresh_tokens()
        await stage.expire_tokens()
        *_, last = await events.rest()

    assert json.loads(last["data"]) == {
        "type": "error",
        "message": "Error fetching devices.",
        "code": "link_dead",
    }


async def test_deleting_the_account_ends_it_with_a_last_error(stage) -> None:
    person = await stage.linked()

    async with streaming(stage, person) as events:
        await events.of_kind("deviceData")
        await stage.client.request(
            "DELETE", "/me", headers=person.bearer, json={"password": person.password}
        )
        *_, last = await events.rest()

    assert told(last) == "User not found."


async def test_a_token_that_expires_ends_it_with_a_last_error(stage) -> None:
    person = await stage.linked()
    person.token = short_lived(stage, person, 2)

    async with streaming(stage, person) as events:
        *_, last = await events.rest()

    assert told(last) == "Invalid or expired token."


async def test_a_client_that_leaves_is_forgotten_and_the_feed_stops(
    stage, open_streams, eventually
) -> None:
    async with streaming(stage, await stage.linked()) as events:
        await events.of_kind("deviceData")
        assert open_streams() == 1

    await eventually(lambda: open_streams() == 0)
    await eventually(lambda: not stage.container.feeds()._feeds)


async def test_a_gateway_that_stops_ends_it_promptly(stages) -> None:
    async with AsyncExitStack() as clients:
        async with stages() as stage:
            person = await stage.linked()
            events = await clients.enter_async_context(streaming(stage, person))
            await events.of_kind("deviceData")
            started = time.monotonic()
        seconds = time.monotonic() - started

        rest = await events.rest()

    assert seconds < 2
    assert {event["event"] for event in rest} <= {"deviceData"}


async def test_without_a_token_it_is_401(stage) -> None:
    answer = await stage.client.get("/devices/stream")

    assert answer.status_code == 401


async def test_silence_is_broken_by_comments(stage, monkeypatch) -> None:
    monkeypatch.setattr("entrypoints.http.event_stream.SILENCE_SECONDS", 0.05)
    person = await stage.linked()
    await stage.fault(kind="server_error")

    async with (
        httpx.AsyncClient(base_url=stage.url) as client,
        client.stream("GET", "/devices/stream", headers=person.bearer) as response,
        asyncio.timeout(10),
    ):
        async for line in response.aiter_lines():
            if line == ":":
                break
