"""Nodes hear each other's beats, and notice when one stops or falls silent."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

import msgspec
import pytest

from adapters.memory.nodes import NoOtherNodes
from adapters.nats.connection import NatsConnection
from adapters.nats.nodes import NatsNodes
from adapters.system.clock import SystemClock
from application.ports.nodes import Node, NodeId
from tests.integration.adapters.nats.conftest import eventually, running
from tests.servers.nats import NatsServer


def told(name: str, *, is_stopping: bool = False) -> Node:
    return Node(id=NodeId(name), address=f"http://{name}", version="1.2.3", is_stopping=is_stopping)


Joining = Callable[[Callable[[], Node]], Awaitable[NatsNodes]]


@pytest.fixture
async def join(server: NatsServer) -> AsyncIterator[Joining]:
    async with AsyncExitStack() as ending:

        async def join(tell: Callable[[], Node]) -> NatsNodes:
            connection = NatsConnection([server.url])
            await connection.open()
            ending.push_async_callback(connection.close)
            nodes = NatsNodes(connection, tell=tell, clock=SystemClock())
            await nodes.open()
            await connection.client.flush()
            return nodes

        yield join


def test_alone_there_is_one_node():
    nodes = NoOtherNodes(told("a"))

    assert nodes.own_id == "a"
    assert nodes.all() == (told("a"),)
    assert nodes.is_there(NodeId("a"))
    assert not nodes.is_there(NodeId("b"))


async def test_a_node_hears_of_the_others_and_of_itself(join) -> None:
    first, second = await join(lambda: told("a")), await join(lambda: told("b"))

    async with running(second.run()):

        async def is_heard() -> bool:
            return list(first.all()) == [told("a"), told("b")]

        await eventually(is_heard)
    assert first.own_id == "a"
    assert first.is_there(NodeId("a"))
    assert first.is_there(NodeId("b"))


async def test_a_node_with_other_secrets_is_warned_of_once(join, caplog) -> None:
    own = replace(told("a"), token_secrets=("new", "old"), sealing_keys=("key",))
    other = replace(told("b"), token_secrets=("old",), sealing_keys=("other",))
    first, second = await join(lambda: own), await join(lambda: other)
    await second.beat()
    await second.beat()

    async def is_heard() -> bool:
        return bool(first.is_there(NodeId("b")))

    await eventually(is_heard)
    assert [each.getMessage() for each in caplog.records] == [
        (
            "node 'b' at 'http://b' has other TOKEN_SECRETS and SEALING_KEYS: "
            "what one of us signs or seals, the other can't read"
        )
    ]


async def test_a_node_that_stops_or_falls_silent_is_gone(join) -> None:
    saying = [told("b")]
    first, second, third = [
        await join(tell) for tell in (lambda: told("a"), lambda: saying[-1], lambda: told("c"))
    ]
    gone: list[NodeId] = []

    async def note(node: NodeId) -> None:
        gone.append(node)

    first.when_gone(note)
    await second.beat()
    await third.beat()
    async with running(first.run()):

        async def has_both() -> bool:
            return bool(first.is_there(NodeId("b")) and first.is_there(NodeId("c")))

        await eventually(has_both)
        saying.append(told("b", is_stopping=True))
        await second.beat()

        async def are_gone() -> bool:
            return set(gone) == {NodeId("b"), NodeId("c")}

        await eventually(are_gone)
    assert list(first.all()) == [told("a")]


async def test_what_is_no_beat_is_not_heard(
    join, connection: NatsConnection, caplog: pytest.LogCaptureFixture
) -> None:
    first = await join(lambda: told("a"))
    heard = []

    async def hear(message) -> None:
        heard.append(message.data)

    await connection.subscribe("node.>", hear)
    await connection.client.flush()
    no_text = msgspec.msgpack.encode(told("b")).replace(b"http", b"\xff\xff\xff\xff")
    for payload in (b"", b"\xc1", bytes(5000), no_text):
        await connection.publish("node.x", payload)

    async def all_came() -> bool:
        return len(heard) == 4

    await eventually(all_came)
    assert list(first.all()) == [told("a")]
    assert not caplog.records
