from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from adapters.fake.operations.foreign_changes import ScriptedForeignChanges
from adapters.memory.events import InProcessEvents
from adapters.nats.connection import NatsConnection
from adapters.nats.events import NatsEvents
from application.ports.nodes import NodeId
from domain.accounts.callers.actors import OPERATOR
from domain.accounts.events import (
    KeyMade,
    KeyRevoked,
    LoginEnded,
    OtherLoginsEnded,
    PasswordChanged,
    PasswordWasReset,
    SignedIn,
    UserRemoved,
)
from domain.accounts.keys import KeyId
from domain.accounts.users import UserId
from domain.billing.events import PricesChanged
from domain.emporia.events import (
    EmporiaPasswordForgotten,
    LinkDied,
    LinkMade,
    LinkRemoved,
    LinkRenewed,
)
from domain.emporia.links import AccountId
from domain.errors import StorageUnavailable
from domain.events import Event
from domain.operations.events import StorageChanged
from tests.integration.adapters.nats.conftest import arrived, eventually
from tests.servers.nats import NatsServer

ADA = UserId(UUID(int=1))
KEY = KeyId(UUID(int=2))
HOME = AccountId(42)
ENDED = LoginEnded(
    user_id=ADA, login_id="one", session_name="Firefox", reason="logged out", by=OPERATOR
)

TRAVELS: list[Event] = [
    UserRemoved(user_id=ADA, by=OPERATOR),
    ENDED,
    OtherLoginsEnded(user_id=ADA, kept_login_id="one", ended=3, by=OPERATOR),
    PasswordChanged(user_id=ADA, by=OPERATOR),
    PasswordWasReset(user_id=ADA, by=OPERATOR),
    KeyMade(user_id=ADA, key_id=KEY, name="kitchen", by=OPERATOR),
    KeyRevoked(user_id=ADA, key_id=KEY, name="kitchen", by=OPERATOR),
    LinkMade(user_id=ADA, account=HOME, by=OPERATOR),
    LinkRemoved(user_id=ADA, account=HOME, by=OPERATOR),
    LinkDied(user_id=ADA, account=HOME),
    LinkRenewed(user_id=ADA, account=HOME),
    EmporiaPasswordForgotten(user_id=ADA, account=HOME),
    PricesChanged(user_id=ADA),
]
STAYS: list[Event] = [
    SignedIn(user_id=ADA, login_id="one", by=OPERATOR),
    StorageChanged(),
    LoginEnded(user_id=ADA, login_id="two"),
    UserRemoved(user_id=ADA),
]


class Away(ScriptedForeignChanges):
    async def announce(self) -> int | None:
        raise StorageUnavailable


@dataclass(slots=True)
class Node:
    """A node, and what is heard on it: of its own, and of any."""

    events: NatsEvents
    changes: ScriptedForeignChanges
    connection: NatsConnection
    here: list[Event] = field(default_factory=list)
    anywhere: list[Event] = field(default_factory=list)

    async def open(self) -> None:
        async def hear_own(event: Event) -> None:
            self.here.append(event)

        async def hear_any(event: Event) -> None:
            self.anywhere.append(event)

        self.events.subscribe(Event, hear_own)
        self.events.subscribe(Event, hear_any, anywhere=True)
        await self.events.open()
        await arrived(self.connection)


Starting = Callable[..., Awaitable[Node]]


@pytest.fixture
async def start(server: NatsServer) -> AsyncIterator[Starting]:
    async with AsyncExitStack() as ending:

        async def start(name: str, changes: ScriptedForeignChanges | None = None) -> Node:
            connection = NatsConnection([server.url])
            await connection.open()
            ending.push_async_callback(connection.close)
            changes = changes or ScriptedForeignChanges()
            events = NatsEvents(
                InProcessEvents(), connection, node_id=NodeId(name), changes=lambda: changes
            )
            node = Node(events, changes, connection)
            await node.open()
            return node

        yield start


@pytest.mark.parametrize("event", TRAVELS, ids=lambda event: type(event).__name__)
async def test_what_others_have_to_know_is_heard_on_every_node(
    start: Starting, event: Event
) -> None:
    a, b = await start("a"), await start("b")
    await a.events.publish(event)
    await eventually(lambda: _is(bool(b.anywhere)))
    (heard,) = b.anywhere
    assert type(heard) is type(event)
    assert getattr(heard, "user_id", None) == ADA
    assert a.here == a.anywhere == [event]
    assert b.here == []


async def test_words_for_the_trail_stay_where_they_are(start: Starting) -> None:
    a, b = await start("a"), await start("b")
    await a.events.publish(ENDED)
    await eventually(lambda: _is(bool(b.anywhere)))
    assert b.anywhere == [LoginEnded(user_id=ADA, login_id="one")]


@pytest.mark.parametrize("event", STAYS, ids=lambda event: type(event).__name__)
async def test_what_every_node_knows_by_itself_stays(start: Starting, event: Event) -> None:
    a, b = await start("a"), await start("b")
    await a.events.publish(event)
    await a.events.publish(ENDED)
    await eventually(lambda: _is(bool(b.anywhere)))
    assert len(b.anywhere) == 1
    assert a.changes.announced == 1


async def test_what_travels_is_counted_and_no_news_to_who_has_heard_it(start: Starting) -> None:
    a, b = await start("a"), await start("b")
    await a.events.publish(ENDED)
    await a.events.publish(ENDED)
    await eventually(lambda: _is(b.changes.noted == [1, 2]))
    assert a.changes.announced == 2
    assert b.changes.announced == 0


async def test_a_storage_that_is_away_keeps_nobody_from_hearing(start: Starting) -> None:
    a, b = await start("a", Away()), await start("b")
    await a.events.publish(ENDED)
    await eventually(lambda: _is(bool(b.anywhere)))
    assert b.changes.noted == []


async def test_while_nats_is_away_a_change_is_counted_all_the_same(
    start: Starting, server: NatsServer
) -> None:
    a = await start("a")
    server.stop()
    await eventually(lambda: _is(not a.connection.connected))
    await a.events.publish(ENDED)
    assert a.changes.announced == 1
    assert a.here == [ENDED]


async def test_what_nobody_here_knows_does_no_harm(
    start: Starting, caplog: pytest.LogCaptureFixture
) -> None:
    a, b = await start("a"), await start("b")
    for text in (
        *(b"", b"\xff", b'["\xff",1,"NewKind",{}]', b"[" * 5000),
        *(b'["c",1,"NewKind",{}]', b'["c",1,"LoginEnded",{"user_id":7}]'),
    ):
        await a.connection.publish("events", text)
    await a.events.publish(ENDED)
    await eventually(lambda: _is(len(b.anywhere) == 1))
    assert b.changes.noted == [1]
    assert not any(line.exc_info for line in caplog.records)


async def _is(so: bool) -> bool:
    return so
