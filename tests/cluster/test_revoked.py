"""What is revoked on one node is over on every node within a second."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from tests.cluster.cluster import PASSWORD, Cluster, Person
from tests.cluster.viewer import viewer_at, watching

pytestmark = pytest.mark.asyncio(loop_scope="module")

Revoke = Callable[[Cluster, Person], Awaitable[None]]


async def log_out(cluster: Cluster, person: Person) -> None:
    answer = await cluster.nodes["a"].client.post("/logout", headers=person.bearer)
    assert answer.status_code in {200, 204}


async def end_other_sessions(cluster: Cluster, person: Person) -> None:
    other = replace(person, token=await cluster.log_in(cluster.nodes["a"], person.email))
    answer = await cluster.nodes["a"].client.delete("/me/sessions", headers=other.bearer)
    assert answer.status_code in {200, 204}, answer.text


async def leave(cluster: Cluster, person: Person) -> None:
    answer = await cluster.nodes["a"].client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": PASSWORD}
    )
    assert answer.status_code in {200, 204}, answer.text


async def unlink(cluster: Cluster, person: Person) -> None:
    answer = await cluster.nodes["a"].client.delete("/emporia-auth", headers=person.bearer)
    assert answer.status_code in {200, 204}, answer.text


@pytest.mark.parametrize(
    ("revoke", "code"),
    [(log_out, 4401), (end_other_sessions, 4401), (leave, 4404), (unlink, 4424)],
)
async def test_what_ends_on_one_node_ends_everywhere(
    trio: Cluster, revoke: Revoke, code: int
) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    bystander = await trio.newcomer(trio.nodes["b"])
    viewers = [viewer_at(person.token, node, returns=False) for node in trio.nodes.values()]
    other = viewer_at(bystander.token, trio.nodes["b"])
    async with watching(*viewers, other):
        before = time.time()
        await revoke(trio, person)
        revoked = time.time()
        async with asyncio.timeout(5):
            await asyncio.gather(*(viewer.over.wait() for viewer in viewers))
        for viewer in viewers:
            ((at, told),) = viewer.closes
            assert told == code
            assert before < at < revoked + 1
        for node in trio.nodes.values():
            answer = await node.client.get("/me", headers=person.bearer)
            assert answer.status_code == (200 if code == 4424 else 401 if code == 4401 else 404)
        assert not other.closes


async def test_a_key_that_is_revoked_ends_on_every_node(trio: Cluster) -> None:
    a = trio.nodes["a"].client
    person = await trio.newcomer(trio.nodes["a"])
    made = await a.post(
        "/me/keys",
        headers=person.bearer,
        json={"name": "display", "scopes": ["read", "stream"], "password": PASSWORD},
    )
    assert made.status_code == 201, made.text
    key = made.json()["key"]
    secret = made.json()["secret"]
    viewers = [viewer_at(secret, node, returns=False) for node in trio.nodes.values()]
    async with watching(*viewers):
        answer = await a.delete(f"/me/keys/{key['id']}", headers=person.bearer)
        assert answer.status_code in {200, 204}, answer.text
        revoked = time.time()
        async with asyncio.timeout(5):
            await asyncio.gather(*(viewer.over.wait() for viewer in viewers))
        for viewer in viewers:
            ((at, told),) = viewer.closes
            assert told == 4401
            assert at < revoked + 1
    for node in trio.nodes.values():
        answer = await node.client.get("/devices", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 401


async def test_while_nats_is_away_what_ends_is_found_in_the_database(trio: Cluster) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    viewer = viewer_at(person.token, trio.nodes["b"], returns=False)
    async with watching(viewer):
        trio.nats.stop()
        await asyncio.sleep(0.5)
        await log_out(trio, person)
        revoked = time.time()
        async with asyncio.timeout(5):
            await viewer.over.wait()
        ((at, told),) = viewer.closes
        assert told == 4401
        assert at < revoked + 1.2
    trio.nats.start()
    await trio.whole()
