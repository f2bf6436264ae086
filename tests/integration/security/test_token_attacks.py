"""Every attack on tokens and keys against a running gateway, over REST and the socket."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from tests.integration.security.tokens import ATTACKS, Loot, sign

REFUSED = {"error": "Invalid or expired token."}
REFUSALS = ([True, True], [None, True])
"""Over REST and on the socket; what can't be sent in a header can't come in by one."""

PAGE = (Path(__file__).parents[3] / "docs/security.md").read_text()


@pytest.fixture
async def loot(stage: Any) -> Loot:
    """The best an attacker could have, of somebody who is linked."""
    person = await stage.linked()
    body = {"name": "display", "scopes": ["read", "stream"]}
    made = await stage.client.post("/me/keys", headers=person.bearer, json=body)
    # behind what remembers tokens
    secret = stage.container.access_tokens()._kept._secrets[0]
    return Loot(token=person.token, key=made.json()["secret"], secret=secret)


async def over_rest(stage, text: str) -> object:
    header = b"Bearer " + text.encode("utf-8")
    if b"\0" in header:
        return None  # no client, and no server, lets such a header through
    answer = await stage.client.get("/me", headers={b"Authorization": header})
    return (answer.status_code, answer.json()) == (401, REFUSED) or answer.text


async def over_a_socket(stage, text: str) -> object:
    socket = await stage.connect()
    await socket.send({"type": "authenticate", "token": text})
    told = await socket.receive()
    return (told["message"] == REFUSED["error"] and await socket.closed() == 4401) or told


async def test_every_attack_on_a_token_or_a_key_is_refused(stage, loot):
    assert (await stage.client.get("/me", headers=bearer(loot.token))).status_code == 200
    assert (await stage.client.get("/devices", headers=bearer(loot.key))).status_code == 200
    again = sign(loot.claims, loot.secret)
    assert (await stage.client.get("/me", headers=bearer(again))).status_code == 200

    told = {
        name: [await over_rest(stage, attack(loot)), await over_a_socket(stage, attack(loot))]
        for name, attack in ATTACKS.items()
    }

    failed = {
        name: ways for name, ways in told.items() if not set(map(str, ways)) <= {"True", "None"}
    }
    assert failed == {}


def test_the_page_lists_every_attack():
    table = PAGE.partition("| attack |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (.+?) \| 401 \|", table, re.MULTILINE) == list(ATTACKS)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_token_or_key_anywhere_but_in_its_header_is_as_none(stage, loot):
    for secret in (loot.token, loot.key):
        for name in ("token", "access_token", "authorization", "key", "api_key"):
            answers = [
                await stage.client.get("/devices", params={name: secret}),
                await stage.client.get("/devices", headers={"Cookie": f"{name}={secret}"}),
                await stage.client.get("/devices", headers={f"X-{name}": secret}),
                await stage.client.request("GET", "/devices", json={name: secret}),
            ]
            assert {(one.status_code, one.text) for one in answers} == {
                (401, '{"error":"Authorization header missing."}')
            }


@pytest.mark.parametrize("scheme", ["Basic", "Token", "Digest", "bearer2"])
async def test_another_scheme_is_refused(stage, loot, scheme):
    for secret in (loot.token, loot.key):
        answer = await stage.client.get("/me", headers={"Authorization": f"{scheme} {secret}"})
        assert (answer.status_code, answer.json()) == (401, REFUSED)


async def test_a_good_token_beside_a_bad_one_does_not_help(stage, loot):
    for first in ("Bearer nonsense", "Bearer eea_", "Basic eDp5"):
        headers = [("Authorization", first), ("Authorization", f"Bearer {loot.token}")]
        assert (await stage.client.get("/me", headers=headers)).status_code == 401


async def test_keys_and_tokens_that_were_good_are_refused_once_they_are_over(stage, loot):
    person = bearer(loot.token)
    (listed,) = (await stage.client.get("/me/keys", headers=person)).json()["keys"]
    await stage.client.delete(f"/me/keys/{listed['id']}", headers=person)
    body = {"name": "brief", "scopes": ["read", "stream"]}
    expiring = (await stage.client.post("/me/keys", headers=person, json=body)).json()
    async with stage.container.engine().begin() as connection:
        await connection.exec_driver_sql("UPDATE api_keys SET expires_at = 1")
    renewed = (await stage.client.post("/token", headers=person)).json()["token"]
    await stage.client.post("/logout", headers=person)

    over = (loot.key, expiring["secret"], loot.token, renewed)
    for secret in over:
        ways = [await over_rest(stage, secret), await over_a_socket(stage, secret)]
        assert ways == [True, True], over.index(secret)


async def test_a_key_of_a_user_who_left_is_good_for_nothing_and_takes_a_stream_with_it(stage, loot):
    socket = await stage.connect()
    await socket.send({"type": "authenticate", "token": loot.key})
    await socket.receive_until("deviceData")
    left = await stage.client.request(
        "DELETE", "/me", headers=bearer(loot.token), json={"password": "correct horse"}
    )
    assert left.status_code == 204
    async with asyncio.timeout(1):
        assert await socket.closed() == 4404
    assert [await over_rest(stage, loot.key), await over_a_socket(stage, loot.key)] == [True, True]
