"""Somebody who watches: reads a stream as soon as there is something, and notes it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from application.accounts.access import Caller
from application.live.feed.mailbox import Mailbox
from application.live.feed.outlet import Frame, StreamEnd, StreamNotice
from application.live.feed.subscription import PLAIN, Subscription
from application.live.open_streams import OpenStream


@dataclass(slots=True, eq=False)
class Listener:
    """A reader of one stream that notes what it hears, and when, as soon as it is there."""

    world: Any
    stream: OpenStream
    heard: list[Frame | StreamNotice | StreamEnd] = field(default_factory=list)
    heard_at: list[float] = field(default_factory=list)

    @property
    def frames(self) -> list[Frame]:
        return [each for each in self.heard if isinstance(each, Frame)]

    @property
    def data(self) -> list[dict[str, Any]]:
        """What the frames say, each from its text."""
        return [json.loads(frame.text)["data"] for frame in self.frames]

    @property
    def notices(self) -> list[StreamNotice]:
        return [each for each in self.heard if isinstance(each, StreamNotice)]

    @property
    def end(self) -> StreamEnd | None:
        return next((each for each in self.heard if isinstance(each, StreamEnd)), None)

    def forget(self) -> None:
        """Listen as if nothing had been heard before."""
        self.heard.clear()
        self.heard_at.clear()

    async def listen(self) -> None:
        mailbox = self.stream.outlet
        assert isinstance(mailbox, Mailbox)
        heard = None
        while not isinstance(heard, StreamEnd):
            heard = await mailbox.take()
            self.heard.append(heard)
            self.heard_at.append(self.world.clock.now().timestamp())

    async def close(self) -> None:
        """Close the stream as its socket would."""
        self.world.stream_usage.close(self.stream)
        await self.world.clock.settle()


@pytest.fixture
async def watch() -> AsyncIterator[Callable[..., Awaitable[Listener]]]:
    """Opens a stream of the caller's, on a login of its own, and reads it to the end."""
    listening: set[asyncio.Task[None]] = set()

    async def watch(world: Any, caller: Caller, subscription: Subscription = PLAIN) -> Listener:
        listener = Listener(world, await world.open(caller))
        world.stream_usage.subscribe(listener.stream, subscription)
        await world.stream_usage.watch(listener.stream)
        listening.add(asyncio.create_task(listener.listen()))
        await world.clock.settle()
        return listener

    yield watch
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
