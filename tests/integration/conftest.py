"""The whole gateway over real sockets: real database, real sign-in, and a simulated cloud."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
from argon2 import PasswordHasher
from dependency_injector import providers
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from adapters.security.argon2 import Argon2PasswordHasher
from entrypoints.asgi import Gateway, create_gateway
from entrypoints.composition import (
    Container,
    SimulatorOptions,
    build_container,
    migrate,
    serve_simulator,
)
from entrypoints.server import listen, serve
from entrypoints.settings import Settings
from tests.integration.rest_on_fakes import gateway as gateway
from tests.integration.rest_on_fakes import make_gateway as make_gateway

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")

EMPORIA_USERNAME = "home@example.com"
EMPORIA_PASSWORD = "emporia-password"
PASSWORD = "correct horse"


class Socket:
    """A streaming client that reads frames as objects."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        """Send an object as JSON, text and bytes as they are."""
        text = message if isinstance(message, str | bytes) else json.dumps(message)
        await self.connection.send(text)

    async def receive(self) -> dict[str, Any]:
        """The next frame."""
        frame: dict[str, Any] = json.loads(await self.connection.recv())
        return frame

    async def receive_until(self, kind: str) -> dict[str, Any]:
        """The next frame of this type, others passed over."""
        while (frame := await self.receive())["type"] != kind:
            pass
        return frame

    async def closed(self) -> int | None:
        """Read to the end; the close code."""
        with suppress(ConnectionClosed):
            while True:
                await self.connection.recv()
        return self.connection.close_code


@dataclass(slots=True)
class Person:
    """A signed-up user with a token."""

    email: str
    token: str
    password: str = PASSWORD

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(slots=True)
class Stage:
    """A running gateway with its cloud, and what a test does on it."""

    url: str
    cloud_url: str
    container: Container
    settings: Settings
    client: httpx.AsyncClient
    cloud: httpx.AsyncClient
    _resources: AsyncExitStack
    _people: list[Person] = field(default_factory=list)

    @property
    def stream_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/"

    async def sign_up(self, email: str | None = None) -> Person:
        """A new user with a token and nothing linked."""
        email = email or f"person{len(self._people)}@example.com"
        body = {"email": email, "password": PASSWORD}
        assert (await self.client.post("/signup", json=body)).status_code == 201
        person = Person(email, await self.log_in(email))
        self._people.append(person)
        return person

    async def log_in(self, email: str) -> str:
        answer = await self.client.post("/login", json={"email": email, "password": PASSWORD})
        token: str = answer.json()["token"]
        return token

    async def link(
        self,
        person: Person,
        username: str = EMPORIA_USERNAME,
        password: str = EMPORIA_PASSWORD,
    ) -> httpx.Response:
        return await self.client.post(
            "/emporia-auth",
            headers=person.bearer,
            json={"emporiaUsername": username, "emporiaPassword": password},
        )

    async def linked(self, email: str | None = None) -> Person:
        """A new user who has linked the first home."""
        person = await self.sign_up(email)
        assert (await self.link(person)).status_code == 200
        return person

    async def get(self, path: str, person: Person, **query: str | float | None) -> httpx.Response:
        return await self.client.get(path, headers=person.bearer, params=query)

    async def connect(self) -> Socket:
        """A socket that said nothing yet; closed when the test ends."""
        connection = await self._resources.enter_async_context(connect(self.stream_url))
        return Socket(connection)

    async def stream(self, person: Person) -> Socket:
        """A socket that was told `authenticated`."""
        socket = await self.connect()
        await socket.send({"type": "authenticate", "token": person.token})
        assert (await socket.receive())["type"] == "authenticated"
        return socket

    async def fault(self, **fault: object) -> None:
        """Switch a fault of the cloud on."""
        (await self.cloud.post("/simulator/faults", json=fault)).raise_for_status()

    async def heal(self) -> None:
        """Switch every fault of the cloud off."""
        (await self.cloud.delete("/simulator/faults")).raise_for_status()

    async def revoke_refresh_tokens(self, username: str = EMPORIA_USERNAME) -> None:
        """Let Emporia's pool take none of this user's refresh tokens any more."""
        answer = await self.cloud.post(f"/simulator/users/{username}/revoke-refresh-tokens")
        answer.raise_for_status()

    async def expire_tokens(self, username: str = EMPORIA_USERNAME) -> None:
        """Let the tokens that this user has read as expired; a refresh brings good ones."""
        answer = await self.cloud.post(f"/simulator/users/{username}/expire-tokens")
        answer.raise_for_status()

    async def requests(self) -> dict[str, Any]:
        """What the cloud counted."""
        counted: dict[str, Any] = (await self.cloud.get("/simulator/requests")).json()
        return counted


Stages = Callable[..., AbstractAsyncContextManager[Stage]]


@asynccontextmanager
async def serving(app: Gateway, settings: Settings) -> AsyncIterator[str]:
    """Serve the app on a free port; its URL."""
    stop = asyncio.Event()
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def on_ready(url: str) -> None:
        ready.set_result(url)

    listener = listen(host=settings.host, port=0)
    server = asyncio.create_task(
        serve(app, listener=listener, settings=settings, stop=stop, on_ready=on_ready)
    )
    try:
        await asyncio.wait((server, ready), return_when=asyncio.FIRST_COMPLETED)
        if server.done():
            await server
        yield await ready
    finally:
        stop.set()
        await server


@pytest.fixture
def stages(tmp_path: Path) -> Stages:
    """Makes stages; keyword arguments are settings, `simulator` the cloud's options."""

    @asynccontextmanager
    async def stage(
        *, simulator: SimulatorOptions | None = None, **overrides: Any
    ) -> AsyncIterator[Stage]:
        async with AsyncExitStack() as resources:
            cloud = await resources.enter_async_context(
                serve_simulator(simulator or SimulatorOptions())
            )
            settings = Settings(
                **{
                    "data_dir": tmp_path / "data",
                    "emporia_api_url": cloud.base_url,
                    "emporia_cognito_url": cloud.base_url,
                    "emporia_daily_requests": 0,
                    "port": 0,
                    **overrides,
                }
            )
            migrate(settings)
            container = build_container(settings)
            cheap = Argon2PasswordHasher(
                argon2=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
            )
            container.passwords.override(providers.Object(cheap))
            resources.callback(cheap.close)
            url = await resources.enter_async_context(serving(create_gateway(container), settings))
            client = await resources.enter_async_context(httpx.AsyncClient(base_url=url))
            cloud_client = await resources.enter_async_context(
                httpx.AsyncClient(base_url=cloud.base_url)
            )
            yield Stage(url, cloud.base_url, container, settings, client, cloud_client, resources)

    return stage


@pytest.fixture
async def stage(stages: Stages) -> AsyncIterator[Stage]:
    """A stage with default settings, opened and closed by one task as its parts demand."""
    ready: asyncio.Future[Stage] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def hold() -> None:
        async with stages() as made:
            ready.set_result(made)
            await over.wait()

    holder = asyncio.create_task(hold())
    await asyncio.wait((holder, ready), return_when=asyncio.FIRST_COMPLETED)
    if holder.done():
        await holder
    yield await ready
    over.set()
    await holder
