"""The whole gateway over real sockets: real database, real sign-in, and a simulated cloud."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
from argon2 import PasswordHasher
from botocore.loaders import JSONFileLoader
from dependency_injector import providers
from litestar.handlers.base import BaseRouteHandler
from pycognito import aws_srp
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
from tests.integration.empty_files import PutEmptyFiles
from tests.integration.empty_files import put_empty_files as put_empty_files
from tests.integration.parsed_once import read_handlers_once
from tests.integration.plain_http import WITHOUT_TLS
from tests.integration.rest_on_fakes import gateway as gateway
from tests.integration.rest_on_fakes import make_gateway as make_gateway
from tests.one_task import held
from tests.servers.postgres import ON_POSTGRESQL
from tests.servers.postgres import empty_url as empty_url
from tests.servers.postgres import migrated as migrated
from tests.servers.postgres import postgres as postgres
from tests.servers.postgres import postgres_url as postgres_url
from tests.servers.postgres import where_kept as where_kept

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
    def where_kept(self) -> dict[str, str]:
        """The settings of a command that is to find what this gateway keeps."""
        return {
            "DATA_DIR": str(self.settings.data_dir),
            "DATABASE_URL": self.settings.database_url,
        }

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite's own files, where the tests run on PostgreSQL."""
    if not ON_POSTGRESQL:
        return
    left_out = [item for item in items if item.get_closest_marker("of_sqlite")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("of_sqlite")]


@pytest.fixture(autouse=True, scope="session")
def read_once() -> Iterator[None]:
    """What a gateway reads once, botocore's endpoints and certificates, we read once for all."""
    with pytest.MonkeyPatch.context() as patch:
        load_file = staticmethod(cache(JSONFileLoader().load_file))
        patch.setattr(JSONFileLoader, "load_file", load_file)
        patch.setattr(httpx, "create_ssl_context", cache(httpx.create_ssl_context))
        # Litestar compares all use cases with each other, for every route: that they are different
        # is so once and for all, and to see it takes a third of a start.
        nothing = staticmethod(lambda *_args, **_named: None)
        patch.setattr(BaseRouteHandler, "_validate_dependency_is_unique", nothing)
        read_handlers_once(patch)
        # A sign-in with a short secret is worked out as any other, in half the time.
        draw = aws_srp.get_random
        patch.setattr(aws_srp, "get_random", lambda nbytes: draw(min(nbytes, 8)))
        yield


@asynccontextmanager
async def serving(app: Gateway, settings: Settings, *, port: int = 0) -> AsyncIterator[str]:
    """Serve the app, on a free port unless one is named; its URL."""
    stop = asyncio.Event()
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def on_ready(url: str) -> None:
        ready.set_result(url)

    listener = listen(host=settings.host, port=port)
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
def stages(
    tmp_path: Path, put_empty_files: PutEmptyFiles, request: pytest.FixtureRequest
) -> Stages:
    """Makes stages; keyword arguments are settings, `simulator` the cloud's options.

    Those of one test share a database, as those of SQLite do in its folder.
    """

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
                    "recorder": False,
                    "port": 0,
                    **overrides,
                }
            )
            if ON_POSTGRESQL and not settings.database_url:
                url = request.getfixturevalue("postgres_url")
                settings = settings.model_copy(update={"database_url": url})
            put_empty_files(settings)
            migrate(settings)
            container = build_container(settings)
            cheap = Argon2PasswordHasher(
                argon2=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
            )
            container.passwords.override(providers.Object(cheap))
            resources.callback(cheap.close)
            url = await resources.enter_async_context(serving(create_gateway(container), settings))
            client = await resources.enter_async_context(
                httpx.AsyncClient(base_url=url, verify=WITHOUT_TLS)
            )
            cloud_client = await resources.enter_async_context(
                httpx.AsyncClient(base_url=cloud.base_url, verify=WITHOUT_TLS)
            )
            yield Stage(url, cloud.base_url, container, settings, client, cloud_client, resources)

    return stage


@pytest.fixture
async def stage(stages: Stages) -> AsyncIterator[Stage]:
    """A stage with default settings."""
    async with held(stages()) as made:
        yield made


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], Any]:
    """Waits until something holds, for ten seconds at most."""

    async def wait(holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110  # what is waited for tells nobody
                await asyncio.sleep(0.01)

    return wait
