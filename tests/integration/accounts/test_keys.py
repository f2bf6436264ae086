"""API keys over real sockets: made, used, limited, revoked."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from domain.accounts.keys import KeySecret

NOT_ALLOWED = {"error": "This key may not do that."}
SCOPES = {
    ("GET", "/devices"): "read",
    ("GET", "/devices/instant"): "read",
    ("GET", "/devices/{deviceGid}/history"): "read",
    ("GET", "/history"): "read",
    ("GET", "/flows"): "read",
    ("GET", "/archive"): "read",
    ("GET", "/archive/coverage"): "read",
    ("GET", "/export"): "export",
    ("GET", "/devices/stream"): "stream",
}
"""Every route that a key opens, and the scope that it takes. All others are closed to keys."""


async def make(stage, person, **wanted: Any) -> httpx.Response:
    body = {"name": "display", "scopes": ["read", "stream"], **wanted}
    answer: httpx.Response = await stage.client.post("/me/keys", headers=person.bearer, json=body)
    return answer


async def key_of(stage, person, **wanted: Any) -> Any:
    """The person as they come with a new key."""
    answer = await make(stage, person, **wanted)
    assert answer.status_code == 201, answer.text
    return replace(person, token=answer.json()["secret"])


def instant_query(**more: Any) -> dict[str, Any]:
    return {
        "instant": datetime.now(UTC).isoformat(),
        "scale": "1MIN",
        "energyUnit": "KilowattHours",
        **more,
    }


def channels_in(document: Any) -> set[tuple[int, str]]:
    """Each gid and channel anywhere in an answer or a frame."""
    found = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "channelNum" in value:
                found.add((value["deviceGid"], value["channelNum"]))
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(document)
    return found


async def test_a_secret_is_shown_once(stage):
    person = await stage.sign_up()
    answer = await make(stage, person, expiresAt="2099-01-01T00:00:00Z")

    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == {"key", "secret"}
    assert made["key"] == {
        "id": made["key"]["id"],
        "name": "display",
        "prefix": made["secret"][:12],
        "scopes": ["read", "stream"],
        "devices": None,
        "channels": None,
        "createdAt": made["key"]["createdAt"],
        "expiresAt": "2099-01-01T00:00:00Z",
        "lastUsedAt": None,
    }
    listed = await stage.get("/me/keys", person)
    assert listed.json() == {"keys": [made["key"]]}
    assert made["secret"] not in listed.text


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"name": " "}, "name: give 1 to 64 characters that can be printed."),
        ({"scopes": []}, "scopes: name at least one of read, stream, export."),
        (
            {"scopes": ["control"]},
            "scopes: 'control' is not known; allowed are read, stream, export.",
        ),
        ({"devices": []}, "devices, channels: name at least one, or leave both out."),
        (
            {"expiresAt": "2020-01-01"},
            "expiresAt: the instant is past; name one to come, or leave it out.",
        ),
        ({"devices": [7]}, "devices: 7 not found in the linked Emporia account."),
        (
            {"channels": [{"deviceGid": 1001, "channel": "99"}]},
            "channels: device 1001 has no channel '99' that can be shown alone.",
        ),
    ],
)
async def test_a_key_that_can_not_be_made_is_400_and_says_why(stage, wanted, sentence):
    person = await stage.linked()
    answer = await make(stage, person, **wanted)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})
    assert (await stage.get("/me/keys", person)).json() == {"keys": []}


@pytest.mark.parametrize(
    "wanted",
    [{"name": 7}, {"scopes": "read"}, {"devices": [0]}, {"channels": [{}]}],
)
async def test_a_body_of_other_types_is_told_what_is_allowed(stage, wanted):
    answer = await make(stage, await stage.sign_up(), **wanted)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("name (text) and scopes (a list) are required;")


async def test_a_login_of_long_ago_has_to_give_the_password(stage):
    person = await stage.sign_up()
    async with stage.container.engine().begin() as connection:
        await connection.exec_driver_sql("UPDATE sessions SET password_at = 0")
    problem = await stage.client.post(
        "/me/keys",
        headers={**person.bearer, "Accept": "application/problem+json"},
        json={"name": "display", "scopes": ["read"]},
    )
    assert (problem.status_code, problem.json()["code"]) == (403, "password_needed")
    assert (await make(stage, person, password="wrong horse")).status_code == 401
    assert (await make(stage, person, password="correct horse")).status_code == 201
    assert (await make(stage, person)).status_code == 201


async def test_a_key_opens_the_routes_of_its_scopes_and_no_other(gateway):
    """The table of scopes, against every route that there is."""
    headers = await gateway.sign_up()
    made = {}
    for scope in ("read", "stream", "export"):
        answer = await gateway.client.post(
            "/me/keys", headers=headers, json={"name": scope, "scopes": [scope]}
        )
        made[scope] = {"Authorization": f"Bearer {answer.json()['secret']}"}
    document = (await gateway.client.get("/schema/openapi.json")).json()
    closed = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if {"bearer": []} not in operation.get("security", []):
                continue
            needed = SCOPES.get((method.upper(), path))
            for scope, bearer in made.items():
                answer = await gateway.client.request(
                    method.upper(), path.replace("{deviceGid}", "1000"), headers=bearer
                )
                refused = (answer.status_code, answer.json()) == (403, NOT_ALLOWED)
                assert refused == (scope != needed), (method, path, scope, answer.text)
                closed.append(refused)
    assert closed.count(False) == len(SCOPES)


async def test_a_key_is_taken_on_the_socket(stage):
    person = await stage.linked()
    key = await key_of(stage, person, scopes=["stream"])
    socket = await stage.stream(key)
    assert (await socket.receive_until("deviceData"))["data"]["deviceListUsages"]["devices"]


async def test_a_key_without_the_scope_for_streams_is_told_so_on_the_socket(stage):
    person = await stage.linked()
    key = await key_of(stage, person, scopes=["read"])
    socket = await stage.connect()
    await socket.send({"type": "authenticate", "token": key.token})
    assert await socket.receive() == {"type": "error", "message": "This key may not do that."}
    assert await socket.closed() == 4403


async def test_a_revoked_key_ends_everywhere_within_a_second(stage):
    person = await stage.linked()
    key = await key_of(stage, person)
    (listed,) = (await stage.get("/me/keys", person)).json()["keys"]
    socket = await stage.stream(key)
    await socket.receive_until("deviceData")
    assert (await stage.get("/devices", key)).status_code == 200

    answer = await stage.client.delete(f"/me/keys/{listed['id']}", headers=person.bearer)

    assert answer.status_code == 204
    async with asyncio.timeout(1):
        assert await socket.closed() == 4401
    assert (await stage.get("/devices", key)).status_code == 401
    again = await stage.client.delete(f"/me/keys/{listed['id']}", headers=person.bearer)
    assert (again.status_code, again.json()) == (404, {"error": "There is no such key."})


async def test_keys_go_on_after_another_password_and_end_with_the_account(stage):
    person = await stage.linked()
    key = await key_of(stage, person)
    body = {"password": "correct horse", "newPassword": "incorrect zebra"}
    changed = await stage.client.post("/me/password", headers=person.bearer, json=body)
    assert changed.status_code == 204
    assert (await stage.get("/devices", key)).status_code == 200
    left = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": "incorrect zebra"}
    )
    assert left.status_code == 204
    assert (await stage.get("/devices", key)).status_code == 401


CIRCUIT = {"deviceGid": 1001, "channel": "1"}
SEEN = {(1001, "1")}


async def test_a_key_for_one_circuit_sees_that_circuit_and_nothing_else(stage):
    """Each answer and frame that it can get, looked through for anything else."""
    person = await stage.linked()
    key = await key_of(stage, person, channels=[CIRCUIT])
    everything = (await stage.get("/devices", person)).json()
    listed = (await stage.get("/devices", key)).json()
    instant = (await stage.get("/devices/instant", key, **instant_query())).json()
    socket = await stage.stream(key)
    plain = (await socket.receive_until("deviceData"))["data"]
    await socket.send({"type": "subscribe", "scale": "1S"})
    await socket.receive_until("subscribed")
    told = (await socket.receive_until("deviceData"))["data"]
    async with stage.client.stream("GET", "/devices/stream", headers=key.bearer) as events:
        async for line in events.aiter_lines():
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
                break

    for answer in (listed, instant, plain, told, event):
        assert channels_in(answer) == SEEN, answer
        text = json.dumps(answer)
        for hidden in ("percentage", "Balance", "email", "customerGid", "latitude", "home@"):
            assert hidden not in text, (hidden, answer)
    assert len(channels_in(everything)) > 10
    assert set(listed) == {"devices"}
    assert set(told["live"]) == {"sampledAt", "receivedAt", "stale"}
    history = {"start": "2026-03-01", "end": "2026-03-02", **instant_query()}
    own = await stage.get("/devices/1001/history", key, channels="1", **history)
    assert set(own.json()) == {"firstUsageInstant", "usageList"}


async def test_what_a_key_may_not_see_is_as_what_does_not_exist(stage):
    person = await stage.linked()
    key = await key_of(stage, person, channels=[CIRCUIT])
    history = {"start": "2026-03-01", "end": "2026-03-02", **instant_query()}

    async def past(gid: int, channel: str) -> tuple[int, str]:
        answer = await stage.get(f"/devices/{gid}/history", key, channels=channel, **history)
        told = answer.text.replace(str(gid), "gid").replace(f"'{channel}'", "'channel'")
        return answer.status_code, told

    async def now(gid: int) -> tuple[int, str]:
        answer = await stage.get("/devices/instant", key, **instant_query(devices=gid))
        return answer.status_code, answer.text.replace(str(gid), "gid")

    everything = channels_in((await stage.get("/devices", person)).json())
    other_gids = {gid for gid, _ in everything} - {1001}
    assert other_gids
    unknown_now, unknown_past, unknown_series = (
        await now(987),
        await past(987, "1"),
        await past(1001, "999"),
    )
    for gid in other_gids:
        assert await now(gid) == unknown_now
        assert await past(gid, "1") == unknown_past
    for channel in ("1,2,3", "2", "Balance", "1,2"):
        assert await past(1001, channel) == unknown_series


async def test_a_key_for_a_device_sees_what_nests_in_it(stage):
    person = await stage.linked()
    gid = 1001
    key = await key_of(stage, person, devices=[gid])
    listed = (await stage.get("/devices", key)).json()
    frame = (await stage.get("/devices/instant", key, **instant_query())).json()
    shown = {number for each, number in channels_in(frame) if each == gid}
    assert "1,2,3" in shown
    assert "Balance" not in shown
    assert {each for each, _ in channels_in(listed)} == {1001, 1002, 1003}
    assert {each for each, _ in channels_in(frame)} == {1001, 1002, 1003}


FORGED = [
    KeySecret.of(5).value,
    KeySecret.of(5).value[:-1],
    "eea_",
    "eea_" + "0" * 5000,
    "EEA_" + KeySecret.of(5).value[4:],
    "eea_%00",
]


@pytest.mark.parametrize("token", FORGED)
async def test_what_is_no_key_of_ours_is_401_like_any_token(stage, token):
    answer = await stage.client.get("/devices", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()) == (401, {"error": "Invalid or expired token."})
    socket = await stage.connect()
    await socket.send({"type": "authenticate", "token": token})
    assert (await socket.receive())["message"] == "Invalid or expired token."
    assert await socket.closed() == 4401
