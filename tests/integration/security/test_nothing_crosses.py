"""Every endpoint and stream against what belongs to others, or is hidden from a key.

What is named and is somebody else's has to be answered like what was never there: in the same words
and with the same headers. Nothing of the other may be in any answer, and nothing of
theirs may have changed in the end.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from tests.integration.security.crossing import ROWS, Named, own_but, path_of

OF_EACH_ANSWER = {"date", "x-request-id"}
CIRCUIT = {"deviceGid": 1001, "channel": "1"}
SCOPES = ["read", "stream", "export"]


@dataclass(kw_only=True)
class Scene:
    """Ada attacks, with a token, a key and a key for one circuit; Bob has a home of his own."""

    stage: Any
    ada: Any
    bob: Any
    keys: dict[str, str]
    bobs: Named
    bobs_words: frozenset[str]
    hidden: list[Named]
    hidden_words: frozenset[str]

    async def bearer(self, who: str) -> str:
        """What Ada comes with: a token of a new login, for some calls end their own."""
        if who in self.keys:
            return self.keys[who]
        token: str = await self.stage.log_in(self.ada.email)
        return token

    async def ask(self, who: str, method: str, path: str, named: Named) -> httpx.Response:
        """What is answered to Ada."""
        answer = await first_of(
            self.stage.client.stream(
                method,
                path_of(path, named),
                headers={"Authorization": f"Bearer {await self.bearer(who)}"},
                **ROWS[method, path](named),
            )
        )
        if (method, path, answer.status_code) == ("DELETE", "/emporia-auth", 204):
            relinked = replace(self.ada, token=await self.stage.log_in(self.ada.email))
            assert (await self.stage.link(relinked)).status_code == 200
        return answer


@pytest.fixture
async def scene(stages) -> AsyncIterator[Scene]:
    async with stages(account_calls_per_minute=1_000_000) as stage:
        ada = await stage.linked("ada@example.com")
        bob = await stage.sign_up("robert@example.com")
        await stage.link(bob, "solar@example.com", "solar-password")
        keys = {
            "key": await secret_of(stage, ada),
            "circuit key": await secret_of(stage, ada, channels=[CIRCUIT]),
        }
        await secret_of(stage, bob)
        (session,) = (await stage.get("/me/sessions", bob)).json()["sessions"]
        (key,) = (await stage.get("/me/keys", bob)).json()["keys"]
        devices = (await stage.get("/devices", bob)).json()
        bobs = Named(
            gid=str(devices["devices"][0]["deviceGid"]),
            channel="1,2,3",
            session=session["id"],
            key=key["id"],
            email=bob.email,
            emporia="solar@example.com",
        )
        own = (await stage.get("/devices", ada)).json()
        yield Scene(
            stage=stage,
            ada=ada,
            bob=bob,
            keys=keys,
            bobs=bobs,
            bobs_words=(words_of(devices) - words_of(own))
            | {bob.email, bobs.session, bobs.key, key["prefix"]},
            hidden=[
                own_but(bobs, gid="1002"),
                own_but(bobs, gid="1004"),
                own_but(bobs, gid="1001", channel="2"),
                own_but(bobs, gid="1001", channel="1,2,3"),
                own_but(bobs, gid="1001", channel="Balance"),
            ],
            hidden_words=words_of(own) - {"Fridge"},
        )


async def first_of(answering: Any) -> httpx.Response:
    """The answer; of an event stream, up to its first frame."""
    async with answering as answer:
        text = ""
        async for piece in answer.aiter_text():
            text += piece
            if "\ndata: " in text:
                break
        headers = [each for each in answer.headers.raw if each[0] != b"Transfer-Encoding"]
        return httpx.Response(answer.status_code, headers=headers, text=text)


async def secret_of(stage, person, **limits: Any) -> str:
    body = {"name": f"{person.email}'s key", "scopes": SCOPES, **limits}
    answer = await stage.client.post("/me/keys", headers=person.bearer, json=body)
    secret: str = answer.json()["secret"]
    return secret


def words_of(devices: Any) -> frozenset[str]:
    """The names, addresses and numbers of a home, as far as they are long enough to be told."""
    words = set()

    def walk(value: Any, name: str) -> None:
        match value:
            case dict():
                for inner, told in value.items():
                    walk(told, inner)
            case list():
                for each in value:
                    walk(each, name)
            case str() if name.endswith(("ame", "email", "Id", "zipCode")) and len(value) > 3:
                words.add(value)

    walk(devices, "")
    return frozenset(words) - {"Main"}


def shape(answer: httpx.Response, named: Named) -> tuple[Any, ...]:
    """All of an answer that may tell something, but for what its caller said."""
    headers = [(name, told) for name, told in answer.headers.items() if name not in OF_EACH_ANSWER]
    return answer.status_code, named.blanked(answer.text), headers


async def test_every_operation_has_a_row(gateway):
    document = (await gateway.client.get("/schema/openapi.json")).json()
    operations = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    assert operations == set(ROWS)


async def test_what_is_bobs_is_to_ada_as_what_never_was(scene):
    before = await everything_of(scene)
    stream = await scene.stage.stream(scene.bob)
    for who in ("token", "key", "circuit key"):
        for method, path in ROWS:
            theirs = await scene.ask(who, method, path, scene.bobs)
            nobodys = await scene.ask(who, method, path, scene.bobs.invented())
            where = (who, method, path)
            if theirs.status_code >= 400:
                assert shape(theirs, scene.bobs) == shape(nobodys, scene.bobs.invented()), where
            assert theirs.status_code == nobodys.status_code < 500, where
            told = scene.bobs.blanked(theirs.text)
            assert [word for word in scene.bobs_words if word in told] == [], where
    assert await everything_of(scene) == before
    await stream.receive_until("deviceData")


async def everything_of(scene: Scene) -> Any:
    """All that Bob has, without what his own look at it changes."""
    told = [
        (await scene.stage.get(path, scene.bob)).json()
        for path in ("/me", "/me/sessions", "/me/keys", "/devices")
    ]
    return json.loads(json.dumps(told), object_hook=lambda one: {**one, "lastUsedAt": None})


async def test_what_a_circuit_key_does_not_show_is_as_what_never_was(scene):
    for method, path in ROWS:
        for hidden in scene.hidden:
            same_gid = hidden.gid == "1001"
            nobody = own_but(hidden.invented(), gid=hidden.gid) if same_gid else hidden.invented()
            answer = await scene.ask("circuit key", method, path, hidden)
            unknown = await scene.ask("circuit key", method, path, nobody)
            where = (method, path, hidden.gid, hidden.channel)
            if answer.status_code >= 400:
                assert shape(answer, hidden)[:2] == shape(unknown, nobody)[:2], where
            assert answer.status_code == unknown.status_code, where
            told = hidden.blanked(answer.text)
            assert [word for word in scene.hidden_words if word in told] == [], where


@pytest.mark.parametrize("who", ["token", "key", "circuit key"])
async def test_no_stream_shows_what_is_bobs_or_hidden(scene, who):
    person = replace(scene.ada, token=await scene.bearer(who))
    named = [scene.bobs] + (scene.hidden[:2] if who == "circuit key" else [])
    socket = await scene.stage.stream(person)
    for one in named:
        for plain in (one, one.invented()):
            await socket.send({"type": "subscribe", "devices": [int(plain.gid)]})
            told = await socket.receive_until("error")
            assert told["code"] == "unknown_device"
            assert plain.blanked(told["message"]) == (
                "devices: ... not found in the linked Emporia account."
            )
    frame = json.dumps(await socket.receive_until("deviceData"))
    words = scene.bobs_words | (scene.hidden_words if who == "circuit key" else frozenset())
    assert [word for word in words if word in frame] == []


async def test_no_stream_goes_on_with_what_is_not_its_own(scene):
    bobs_key = await secret_of(scene.stage, scene.bob)
    own_token = await scene.bearer("token")
    others = {
        "token": [scene.bob.token, bobs_key, scene.keys["key"], scene.keys["circuit key"]],
        "key": [scene.bob.token, bobs_key, own_token, scene.keys["circuit key"]],
        "circuit key": [scene.bob.token, bobs_key, own_token, scene.keys["key"]],
    }
    for who, tokens in others.items():
        for token in tokens:
            person = replace(scene.ada, token=await scene.bearer(who))
            socket = await scene.stage.stream(person)
            await socket.send({"type": "authenticate", "token": token})
            told = await socket.receive_until("error")
            assert told["message"] == "Invalid or expired token.", who
            assert await socket.closed() == 4401


async def test_signing_in_tells_nobody_who_has_an_account_nor_by_a_key_who_owns_it(scene):
    client = scene.stage.client
    for email in (scene.bob.email, "nobody@example.com"):
        body = {"email": email, "password": scene.keys["key"]}
        answer = await client.post("/login", json=body)
        assert (answer.status_code, answer.json()) == (401, {"error": "Invalid email or password."})
