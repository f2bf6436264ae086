"""One node records an account, and what two put at once is all there."""

import asyncio
from dataclasses import replace

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from adapters.fake.emporia.leases import SharedLeases
from adapters.memory.nodes import NoOtherNodes
from application.ports.emporia.leases import Fence
from application.ports.nodes import Node, NodeId
from domain.archive.recording.recorder import STEP_SECONDS
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import StorageBusy
from tests.unit.application.archive.kept import MIDNIGHT, SERIES, grid, keep


def node(name: str) -> Node:
    return Node(id=NodeId(name), address=f"http://{name}", version="1")


class TwoNodes(NoOtherNodes):
    """As one of two knows them."""

    def all(self):
        return node("a"), node("b")


class ManyHomes:
    """Links to so many accounts."""

    def __init__(self, links, count: int) -> None:
        self._links = links
        self._count = count

    def __getattr__(self, name: str):
        return getattr(self._links, name)

    async def accounts(self):
        return [AccountId(number) for number in range(self._count)]


@pytest.fixture
def shared() -> SharedLeases:
    return SharedLeases()


@pytest.fixture
def recorder(world, shared):
    """A recorder of one of two nodes."""

    def made(name: str, links=world.links):
        return replace(
            world.record,
            links=links,
            leases=shared.node(name),
            nodes=TwoNodes(node(name)),
            progress={},
        )

    return made


async def one_round(world, record) -> None:
    task = asyncio.create_task(record.run())
    await world.clock.settle()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_account_is_recorded_by_whoever_holds_it(world, recorder, shared) -> None:
    await world.resident()
    first, second = recorder("a"), recorder("b")

    await one_round(world, first)
    await one_round(world, second)
    assert list(first.progress) == [HOME]
    assert list(second.progress) == []

    shared.take_away(HOME)
    await one_round(world, second)
    assert list(second.progress) == [HOME]
    await one_round(world, first)
    assert list(first.progress) == []


async def test_each_node_records_its_fair_share_and_one_more(world, recorder) -> None:
    first, second = (recorder(name, ManyHomes(world.links, 9)) for name in "ab")

    await one_round(world, first)
    await one_round(world, second)

    assert list(first.progress) == [0, 1, 2, 3, 4]
    assert list(second.progress) == [5, 6, 7, 8]


async def test_a_recorder_that_lost_its_account_leaves_it_where_it_is(
    world, recorder, shared
) -> None:
    await world.resident()
    record = recorder("a")
    world.budgets._leases = shared.node("a")
    await shared.node("a").hold(HOME)
    for kept in (world.ledger, world.chunk_store):
        kept.newest_fences[HOME] = shared.node("a").fence(HOME)
    await record.step(HOME)
    assert record.progress[HOME].plan is not None

    shared.take_away(HOME)
    await record.step(HOME)

    progress = record.progress[HOME]
    assert (progress.plan, progress.waits_for, progress.doing) == (None, None, None)
    assert progress.waits_until <= world.clock.monotonic()


async def test_what_a_replaced_recorder_was_told_is_not_kept(world, recorder, shared) -> None:
    await world.resident()
    record = recorder("a")
    await shared.node("a").hold(HOME)
    world.chunk_store.newest_fences[HOME] = Fence(99)

    for _ in range(3):
        await record.step(HOME)
        await world.clock.advance(STEP_SECONDS)

    assert world.cloud.requests("chart") > 2
    assert world.chunk_store.kept == {}


async def test_what_two_nodes_put_at_once_is_all_there(world, monkeypatch) -> None:
    other = replace(world.keep_readings, turns=type(world.keep_readings.turns)(asyncio.Lock))
    put, puts = type(world.chunk_store).put, []

    async def put_after_the_other(self, *given, **how):
        puts.append(how)
        if len(puts) == 1:
            world.keep_readings, first = other, world.keep_readings
            await keep(world, Scale.HOUR, [None, 2.0, None])
            world.keep_readings = first
        return await put(self, *given, **how)

    monkeypatch.setattr(type(world.chunk_store), "put", put_after_the_other)
    await keep(world, Scale.HOUR, [1.0, None, None])

    told = await world.read_archive(SERIES, grid(Scale.HOUR, MIDNIGHT, MIDNIGHT + 2 * 3600))
    assert told.usages == [1.0, 2.0]
    assert len(puts) == 3


async def test_a_store_that_others_change_without_end_is_busy(world, monkeypatch) -> None:
    async def refuse(*_, **__):
        return False

    monkeypatch.setattr(type(world.chunk_store), "put", refuse)

    with pytest.raises(StorageBusy):
        await keep(world, Scale.HOUR, [1.0])
