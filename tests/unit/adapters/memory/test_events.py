from dataclasses import dataclass

import pytest

from adapters.memory.events import InProcessEvents
from domain.events import Event


@dataclass(frozen=True, slots=True)
class DoorOpened(Event):
    room: str


@dataclass(frozen=True, slots=True)
class LightSwitched(Event):
    """Of no interest to who listens for doors."""


@pytest.fixture
def events() -> InProcessEvents:
    return InProcessEvents()


@pytest.fixture
def heard() -> list[Event]:
    return []


async def test_an_event_is_heard_by_those_who_listen_to_its_kind_when_publish_returns(
    events, heard
) -> None:
    async def listener(event: DoorOpened) -> None:
        heard.append(event)

    events.subscribe(DoorOpened, listener)
    await events.publish(DoorOpened("kitchen"))
    await events.publish(LightSwitched())
    assert heard == [DoorOpened("kitchen")]


async def test_who_listens_to_all_events_hears_each_once(events, heard) -> None:
    async def listener(event: Event) -> None:
        heard.append(event)

    events.subscribe(Event, listener)
    await events.publish(DoorOpened("kitchen"))
    await events.publish(LightSwitched())
    assert heard == [DoorOpened("kitchen"), LightSwitched()]


async def test_a_listener_that_breaks_keeps_the_event_from_nobody(events, heard, caplog) -> None:
    async def broken(_: DoorOpened) -> None:
        raise RuntimeError("a bug")

    async def listener(event: DoorOpened) -> None:
        heard.append(event)

    events.subscribe(DoorOpened, broken)
    events.subscribe(DoorOpened, listener)
    await events.publish(DoorOpened("kitchen"))
    assert heard == [DoorOpened("kitchen")]
    assert caplog.messages == ["a listener to DoorOpened broke"]


async def test_what_happens_elsewhere_is_heard_by_those_alone_who_want_it(events) -> None:
    here: list[Event] = []
    anywhere: list[Event] = []

    async def hear_here(event: Event) -> None:
        here.append(event)

    async def hear_anywhere(event: Event) -> None:
        anywhere.append(event)

    events.subscribe(Event, hear_here)
    events.subscribe(DoorOpened, hear_anywhere, anywhere=True)
    await events.publish(DoorOpened("kitchen"))
    await events.pass_on(DoorOpened("cellar"))
    await events.pass_on(LightSwitched())
    assert here == [DoorOpened("kitchen")]
    assert anywhere == [DoorOpened("kitchen"), DoorOpened("cellar")]
