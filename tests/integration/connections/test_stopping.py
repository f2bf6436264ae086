"""A server that is told to stop loses no time, and waits for nobody longer than it may."""

import asyncio
import email.utils
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
import uvicorn
from uvicorn import server as server_module

from entrypoints.server import listen, url_of
from entrypoints.serving import prompt_server
from entrypoints.serving.prompt_server import PromptServer

ASK = b"GET / HTTP/1.1\r\nHost: gateway.test\r\n\r\n"


class Unmoved:
    """An application that never answers."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def __call__(self, _scope: object, _receive: object, _send: object) -> None:
        self.asked.set()
        await asyncio.Event().wait()


@asynccontextmanager
async def served(app: Unmoved, **options: int) -> AsyncIterator[tuple[PromptServer, str]]:
    """Serve until the block is left, or until the server is stopped in it."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, **options)  # type: ignore[arg-type]
    listener = listen(host="127.0.0.1", port=0)
    url = url_of(listener)
    server = PromptServer(config)
    serving = asyncio.create_task(server._serve(sockets=[listener]))
    try:
        yield server, url
    finally:
        server.stop()
        await serving


async def ask(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(ASK)
    return reader, writer


async def test_a_server_without_clients_stops_at_once() -> None:
    seconds = []
    for _ in range(5):
        async with served(Unmoved()):
            await asyncio.sleep(0)
            began = time.monotonic()
        seconds.append(time.monotonic() - began)
    assert min(seconds) < 0.09


async def test_an_answer_that_never_comes_is_not_waited_for_longer_than_allowed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with served(app := Unmoved(), timeout_graceful_shutdown=0) as (_, url):
        reader, writer = await ask(url)
        await app.asked.wait()
    assert await reader.readline() == b"HTTP/1.1 500 Internal Server Error\r\n"
    writer.close()
    assert "Stopped without waiting longer for 1 answer(s)" in caplog.text


async def test_the_date_is_kept_right_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt_server, "DATE_SECONDS", 0.001)
    told: asyncio.Queue[float] = asyncio.Queue()

    def formatdate(seconds: float, *, usegmt: bool) -> str:
        told.put_nowait(seconds)
        return email.utils.formatdate(seconds, usegmt=usegmt)

    monkeypatch.setattr(server_module, "formatdate", formatdate)
    async with served(Unmoved()), asyncio.timeout(5):
        for _ in range(3):
            await told.get()


class Guest:
    """A connection that ends when asked to, and lets in who stood behind it."""

    def __init__(self, connections: set[object], *behind: object) -> None:
        self.asked = 0
        self._connections = connections
        self._behind = behind

    def shutdown(self) -> None:
        self.asked += 1
        self._connections.discard(self)
        self._connections.update(self._behind)


async def test_who_was_being_taken_in_is_asked_to_leave_too() -> None:
    async with served(Unmoved()) as (server, _):
        connections: set[object] = server.server_state.connections  # type: ignore[assignment]
        late = Guest(connections)
        early = Guest(connections, late)
        connections.add(early)
    assert (early.asked, late.asked, connections) == (1, 1, set())
