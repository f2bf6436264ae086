import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from application.accounts.keys.create_key import KeyRequest
from application.live.feed.outlet import StreamEnd
from application.operations.keep_sight import KeepSight
from application.ports.accounts.sight import Sight
from domain.accounts.keys import KeyScope
from domain.errors import StorageUnavailable

LONGEST = 30.0


@dataclass(slots=True)
class Nodes:
    are_heard: bool = True


@pytest.fixture
def nodes() -> Nodes:
    return Nodes()


@pytest.fixture
async def sight(world, nodes) -> AsyncIterator[KeepSight]:
    sight = KeepSight(
        hears_nodes=lambda: nodes.are_heard,
        changes=world.foreign_changes,
        open_streams=world.open_streams,
        clock=world.clock,
        longest_seconds=LONGEST,
    )
    looking = asyncio.create_task(sight.run())
    yield sight
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)


async def heard(stream) -> StreamEnd | None:
    """Why the stream has ended, if it has."""
    return await stream.outlet.take() if stream.outlet.has_ended else None


@pytest.mark.parametrize(
    ("hears_nodes", "sees_storage"), [(True, True), (True, False), (False, True)]
)
async def test_one_of_the_two_is_enough(world, nodes, sight, hears_nodes, sees_storage) -> None:
    caller = await world.resident()
    stream = await world.open(caller)
    nodes.are_heard, world.foreign_changes.is_away = hears_nodes, not sees_storage
    await world.clock.advance(10 * LONGEST)
    sight.require()
    assert await heard(stream) is None


async def test_away_from_both_for_long_everybody_is_sent_away(world, nodes, sight, caplog) -> None:
    caller = await world.resident()
    stream = await world.open(caller)
    nodes.are_heard, world.foreign_changes.is_away = False, True
    await world.clock.advance(LONGEST)
    sight.require()
    assert await heard(stream) is None
    await world.clock.advance(1)
    with pytest.raises(StorageUnavailable, match="out of touch"):
        sight.require()
    assert await heard(stream) is StreamEnd.OUT_OF_TOUCH
    assert caplog.messages.count("out of touch: nobody is served") == 1


@pytest.mark.parametrize("comes_back", ["nodes", "storage"])
async def test_in_touch_again_everybody_is_served(world, nodes, sight, comes_back, caplog) -> None:
    nodes.are_heard, world.foreign_changes.is_away = False, True
    await world.clock.advance(LONGEST + 5)
    nodes.are_heard = comes_back == "nodes"
    world.foreign_changes.is_away = comes_back != "storage"
    await world.clock.advance(1)
    sight.require()
    assert "in touch again" in caplog.messages


async def test_a_short_absence_counts_anew_each_time(world, nodes, sight) -> None:
    world.foreign_changes.is_away = True
    for _ in range(3):
        nodes.are_heard = False
        await world.clock.advance(LONGEST - 1)
        nodes.are_heard = True
        await world.clock.advance(1)
    sight.require()


class Blind(Sight):
    """Has heard nothing for long."""

    def require(self) -> None:
        raise StorageUnavailable


async def test_nobody_is_let_in_by_a_node_that_is_blind(world) -> None:
    caller = await world.resident()
    token = await world.token()
    _, secret = await world.make_key(
        caller, KeyRequest(name="display", scopes=frozenset({KeyScope.STREAM}))
    )
    check_access = replace(world.check_access, sight=Blind())
    for credential in (token, secret.value):
        with pytest.raises(StorageUnavailable):
            await check_access(credential)
