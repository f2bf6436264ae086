"""A node that stops hands over first: whoever watches elsewhere notices nothing."""

import asyncio
import signal

import pytest

from tests.cluster.cluster import Cluster
from tests.cluster.viewer import viewer_at, watching

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_node_that_stops_hands_over_and_then_sends_its_viewers_away(trio: Cluster) -> None:
    person = await trio.newcomer(trio.nodes["a"])
    there = viewer_at(person.token, trio.nodes["b"])
    here = viewer_at(person.token, trio.nodes["a"], returns=False)
    # Whoever polls is the first to be watched on.
    async with watching(here), watching(there):
        await asyncio.sleep(3)
        there.forget()
        assert await trio.nodes["a"].end(signal.SIGTERM) == 0
        async with asyncio.timeout(5):
            await here.over.wait()
        ((_, told),) = here.closes
        assert told == 1012
        await asyncio.sleep(4)
        assert there.closes == []
        assert there.errors == []
        instants = there.instants()
        # One second may show what the one before did: it fell into the change.
        assert len(instants) - len(set(instants)) <= 1
    await trio.polls()
    assert trio.doubled(person) == []
    await trio.start("a", cuts=True)
    await trio.whole()
