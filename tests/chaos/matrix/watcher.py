"""Who watches a stream in either form, and notes what it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.integration.conftest import Person, Stage

PATIENCE_SECONDS = 15


@dataclass(slots=True, kw_only=True)
class Watcher:
    """Everything that one stream has said so far."""

    instants: list[str] = field(default_factory=list)
    """Of each frame, its sample's."""
    errors: list[str] = field(default_factory=list)
    has_ended: bool = False
    close_code: int | None = None
    """None for a stream that goes on, and for events, which end without one."""
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, holds: Callable[["Watcher"], bool]) -> None:
        """Wait until something holds; fails with all that was told where it never does."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._news:
                await self._news.wait_for(lambda: holds(self))
        except TimeoutError:
            told = f"{len(self.instants)} frames, {self.errors}, closed: {self.close_code}"
            raise AssertionError(f"what was waited for never came; told: {told}") from None

    async def next_frames(self, count: int = 2) -> None:
        """Wait for frames that have yet to come."""
        seen = len(self.instants)
        await self.until(lambda watcher: len(watcher.instants) >= seen + count)

    async def hear(self, text: str | bytes) -> None:
        """Take in one message."""
        message: dict[str, Any] = json.loads(text)
        async with self._news:
            if message["type"] == "deviceData":
                self.instants.append(message["data"]["deviceListUsages"]["instant"])
            elif message["type"] == "error":
                self.errors.append(message["message"])
            self._news.notify_all()

    async def end(self, close_code: int | None = None) -> None:
        """Nothing more will come."""
        async with self._news:
            self.has_ended, self.close_code = True, close_code
            self._news.notify_all()


@asynccontextmanager
async def watching(stage: Stage, person: Person, *, events: bool) -> AsyncIterator[Watcher]:
    """Watch while entered, over a WebSocket or as Server-Sent Events."""
    watcher = Watcher()
    if events:
        async with stage.client.stream("GET", "/devices/stream", headers=person.bearer) as response:
            assert response.status_code == 200
            async with _reading(_read_events(response, watcher)):
                yield watcher
    else:
        async with connect(stage.stream_url) as connection:
            token = json.dumps({"type": "authenticate", "token": person.token})
            await connection.send(token)
            async with _reading(_read_socket(connection, watcher)):
                yield watcher


@asynccontextmanager
async def _reading(reading: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(reading)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _read_socket(connection: ClientConnection, watcher: Watcher) -> None:
    with suppress(ConnectionClosed):
        while True:
            await watcher.hear(await connection.recv())
    await watcher.end(connection.close_code)


async def _read_events(response: httpx.Response, watcher: Watcher) -> None:
    with suppress(httpx.TransportError):
        async for line in response.aiter_lines():
            if line.startswith("data: "):
                await watcher.hear(line.removeprefix("data: "))
    await watcher.end()
