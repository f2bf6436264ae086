"""Somebody who watches, as a page or a display does: whoever is sent away comes back elsewhere."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.cluster.cluster import Node

PAUSE_SECONDS = 0.5
"""The longest before somebody comes back; half of it is chance."""

WENT_AWAY = (OSError, TimeoutError, WebSocketException, EOFError)


@dataclass(slots=True, eq=False)
class Viewer:
    """Reads one stream; times are the wall clock's. `where` says which node to go to next."""

    token: str
    where: Callable[[], Node]
    returns: bool = True
    subscription: dict[str, Any] | None = None
    node: str = ""
    frames: list[tuple[float, str]] = field(default_factory=list)
    """When each frame came, and its text."""
    errors: list[str] = field(default_factory=list)
    closes: list[tuple[float, int | None]] = field(default_factory=list)
    some: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def last_at(self) -> float:
        """When the newest frame came."""
        return self.frames[-1][0] if self.frames else 0.0

    def forget(self) -> None:
        """Look from now on."""
        self.frames.clear()
        self.errors.clear()
        self.closes.clear()
        self.some.clear()

    def state(self, *, since: float) -> str:
        """Where it is, and what it has had, in seconds after this moment."""
        frames = [round(at - since, 1) for at, _ in self.frames]
        closes = [(round(at - since, 1), code) for at, code in self.closes]
        return f"{self.node} frames {frames[:2]}..{frames[-2:]} {closes} {self.errors[-2:]}"

    def instants(self) -> list[str]:
        """Of which instants the frames are."""
        return [json.loads(text)["data"]["deviceListUsages"]["instant"] for _, text in self.frames]

    async def watch(self) -> None:
        """Watch until cancelled; without `returns` until the stream ends."""
        while True:
            node = self.where()
            self.node = node.name
            try:
                async with connect(node.stream_url, open_timeout=5, compression=None) as socket:
                    await self._read(socket)
            except ConnectionClosed as closed:
                code = None if closed.rcvd is None else closed.rcvd.code
                self.closes.append((time.time(), code))
            except WENT_AWAY:
                self.closes.append((time.time(), None))
            if not self.returns:
                self.over.set()
                return
            await asyncio.sleep(PAUSE_SECONDS * random.uniform(0.5, 1.0))  # noqa: S311  # jitter

    async def _read(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"type": "authenticate", "token": self.token}))
        if self.subscription is not None:
            await socket.send(json.dumps({"type": "subscribe", **self.subscription}))
        while True:
            text = await socket.recv()
            assert isinstance(text, str)
            if text.startswith('{"type":"deviceData"'):
                self.frames.append((time.time(), text))
                self.some.set()
            elif text.startswith('{"type":"error"'):
                self.errors.append(json.loads(text)["message"])


def viewer_at(token: str, node: Node, *, returns: bool = True) -> Viewer:
    """Somebody who always comes to this node."""
    return Viewer(token, lambda: node, returns=returns)


@asynccontextmanager
async def watching(*viewers: Viewer, within: float = 30.0) -> AsyncIterator[None]:
    """They watch while entered, each of them with a frame at the start."""
    tasks = [asyncio.create_task(viewer.watch()) for viewer in viewers]
    try:
        async with asyncio.timeout(within):
            await asyncio.gather(*(viewer.some.wait() for viewer in viewers))
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
