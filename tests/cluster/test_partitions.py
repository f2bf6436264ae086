"""NATS, PostgreSQL, or both can't be reached: what goes on, and what is refused."""

import asyncio
import time

import pytest

from tests.cluster.cluster import Cluster, Person, eventually
from tests.cluster.conftest import BLIND_SECONDS, LEASE_SECONDS
from tests.cluster.viewer import Viewer, viewer_at, watching

pytestmark = pytest.mark.asyncio(loop_scope="module")


def viewers_of(trio: Cluster, person: Person) -> tuple[Viewer, Viewer, Viewer]:
    """One on each node, the one on `a` first."""
    a, b, c = (viewer_at(person.token, trio.nodes[name]) for name in "abc")
    return a, b, c


def fresh(viewer: Viewer, *, last: int = 3) -> bool:
    """Whether each of the newest frames told something newer than the one before."""
    instants = viewer.instants()[-last:]
    return len(instants) == last == len(set(instants))


async def until_fresh(*viewers: Viewer, within: float) -> None:
    async def are_fresh() -> bool:
        return all(fresh(viewer) for viewer in viewers)

    await eventually(are_fresh, within=within)


async def test_a_follower_without_nats_shows_what_it_has_and_catches_up(trio: Cluster) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    here, there, other = viewers_of(trio, person)
    async with watching(here), watching(there, other):
        await until_fresh(here, there, other, within=10)
        trio.nodes["b"].nats.cut()
        await asyncio.sleep(6)
        there.forget()
        await asyncio.sleep(3)
        assert len(there.frames) >= 2
        assert len(set(there.instants())) == 1
        assert fresh(here)
        assert fresh(other)
        ready = await trio.nodes["b"].client.get("/health/ready")
        assert ready.json() == {"status": "ok", "away": ["nats"]}
        trio.nodes["b"].nats.mend()
        await until_fresh(there, within=8)
        assert not there.closes
    await trio.whole()
    await trio.polls()
    assert trio.doubled(person) == []


async def test_who_polls_without_nats_goes_on_until_another_has_the_account(
    trio: Cluster,
) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    here, there, other = viewers_of(trio, person)
    async with watching(here), watching(there, other):
        await until_fresh(here, there, other, within=10)
        trio.nodes["a"].nats.cut()
        cut_at = time.time()
        await asyncio.sleep(LEASE_SECONDS - 1.5)
        assert fresh(here)
        await until_fresh(there, other, within=LEASE_SECONDS + 6 - (time.time() - cut_at))
        taken_at = time.time()
        await asyncio.sleep(3)
        here.forget()
        await asyncio.sleep(3)
        assert len(here.frames) >= 2  # what it has; it may not ask any more
        assert not fresh(here)
        trio.nodes["a"].nats.mend()
        await until_fresh(here, there, other, within=10)
        assert not here.closes
    await trio.whole()
    await trio.polls()
    doubled = trio.doubled(person)
    assert [at for at in doubled if not cut_at <= at <= taken_at] == []
    assert len(doubled) <= 1


async def test_without_the_database_nobody_polls_and_frames_go_on(trio: Cluster) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    viewers = viewers_of(trio, person)
    async with watching(viewers[0]), watching(*viewers[1:]):
        await until_fresh(*viewers, within=10)
        trio.postgres.pause()
        await asyncio.sleep(4)
        before = len(await trio.polls_of(person))
        for viewer in viewers:
            viewer.frames.clear()
        await asyncio.sleep(4)
        assert len(await trio.polls_of(person)) == before
        for viewer in viewers:
            assert len(viewer.frames) >= 3
            assert len(set(viewer.instants())) == 1
            assert not viewer.closes
        ready = await trio.nodes["b"].client.get("/health/ready")
        assert ready.status_code == 503
        trio.postgres.go_on()
        await until_fresh(*viewers, within=15)
    await trio.whole()


async def test_out_of_touch_with_both_a_node_serves_nobody(trio: Cluster) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    here = viewer_at(person.token, trio.nodes["a"])
    away = viewer_at(person.token, trio.nodes["c"], returns=False)
    async with watching(here, away):
        assert (await trio.nodes["c"].client.get("/me", headers=person.bearer)).status_code == 200
        trio.nodes["c"].nats.cut()
        trio.nodes["c"].postgres.cut()
        cut_at = time.time()
        async with asyncio.timeout(BLIND_SECONDS + 15):
            await away.over.wait()
        ((at, told),) = away.closes
        assert told == 1013
        assert at - cut_at >= BLIND_SECONDS
        for path in ("/me", "/devices"):
            answer = await trio.nodes["c"].client.get(path, headers=person.bearer)
            assert answer.status_code == 503
        assert (await trio.nodes["c"].client.get("/health/live")).status_code == 200
        assert fresh(here)
        trio.nodes["c"].nats.mend()
        trio.nodes["c"].postgres.mend()

        async def serves() -> bool:
            answer = await trio.nodes["c"].client.get("/me", headers=person.bearer)
            return answer.status_code == 200

        await eventually(serves, within=20)
    await trio.whole()
