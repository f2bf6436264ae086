"""Real gateways on one PostgreSQL, one NATS and one simulated cloud, each a process of its own."""

import asyncio
import os
import secrets
import signal
import sys
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from math import floor
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import httpx

from adapters.emporia_simulator.homes.customers import CUSTOMERS, Customer, neighbours
from application.live.feed.schedule import place_of
from domain.emporia.links import AccountId
from tests.cluster.cut import Cut, cut_tcp, cut_unix
from tests.servers.nats import NatsServer
from tests.servers.postgres import PostgresServer

PROGRAM = Path(sys.executable).with_name("emporia-api")
PASSWORD = "correct horse"
PATIENCE_SECONDS = 60.0
EARLY_SECONDS = 0.001
"""How much sooner than it is due a poll may begin: clocks are not exact."""


async def eventually(
    is_so: Callable[[], Awaitable[bool]], *, within: float = PATIENCE_SECONDS
) -> None:
    """Return when it is so, at last."""
    async with asyncio.timeout(within):
        while True:
            if await is_so():
                return
            await asyncio.sleep(0.05)


@dataclass(slots=True)
class Node:
    """One gateway; `nats` and `postgres` are its own lines to them, to be cut."""

    name: str
    process: asyncio.subprocess.Process
    url: str
    client: httpx.AsyncClient
    nats: Cut
    postgres: Cut

    @property
    def stream_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/"

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it so; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
            if number is signal.SIGTERM:
                self.process.send_signal(signal.SIGCONT)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.process.wait()
        assert self.process.returncode is not None
        return self.process.returncode


@dataclass(slots=True)
class Cluster:
    """What all nodes stand on, and those that run."""

    room: Path
    database_url: str
    postgres: PostgresServer
    nats: NatsServer
    cloud: httpx.AsyncClient
    settings: dict[str, str]
    nodes: dict[str, Node] = field(default_factory=dict)
    resources: AsyncExitStack = field(default_factory=AsyncExitStack)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    known_polls: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    _secrets: tuple[str, str] = field(
        default_factory=lambda: (
            secrets.token_urlsafe(32),
            urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        )
    )

    def environment(self, name: str, **lines: str) -> dict[str, str]:
        cloud_url = str(self.cloud.base_url).rstrip("/")
        return {
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "DATA_DIR": str(self.room / name),
            "DATABASE_URL": self.database_url,
            "NATS_URL": self.nats.url,
            "TOKEN_SECRETS": self._secrets[0],
            "SEALING_KEYS": self._secrets[1],
            "ACCOUNT_CALLS_PER_MINUTE": "100000",
            "CONNECTIONS_PER_ADDRESS": "10000",
            "STREAM_SOCKETS_PER_USER": "1000",
            "EMPORIA_API_URL": cloud_url,
            "EMPORIA_COGNITO_URL": cloud_url,
            "EMPORIA_DAILY_REQUESTS": "0",
            "RECORDER": "off",
            **self.settings,
            **lines,
        }

    async def start(self, name: str, *, cuts: bool = False) -> Node:
        """A further node; with `cuts` its lines to NATS and PostgreSQL run through this process."""
        lines: dict[str, str] = {}
        nats, postgres = Cut(), Cut()
        if cuts:
            port = int(self.nats.url.rpartition(":")[2])
            nats_port = await self.resources.enter_async_context(cut_tcp(nats, port))
            folder = Path(mkdtemp(prefix=f"{name}-postgres-", dir=self.room))
            await self.resources.enter_async_context(
                cut_unix(postgres, self.postgres.folder, folder)
            )
            lines = {
                "NATS_URL": f"nats://127.0.0.1:{nats_port}",
                "DATABASE_URL": self.database_url.replace(str(self.postgres.folder), str(folder)),
            }
        (self.room / name).mkdir(exist_ok=True)
        said_before = len(self.log(name))
        log = self.resources.enter_context((self.room / f"{name}.log").open("ab"))
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            "serve",
            cwd=self.room,
            stderr=log,
            stdout=log,
            env=self.environment(name, **lines),
        )
        url = await self._announced(name, process, said_before)
        client = await self.resources.enter_async_context(
            httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS)
        )
        node = self.nodes[name] = Node(name, process, url, client, nats, postgres)
        return node

    async def whole(self) -> None:
        """Return when every node that runs has PostgreSQL, NATS and all the others again."""
        for node in self.nodes.values():
            await eventually(partial(self._is_whole, node))

    async def _is_whole(self, node: Node) -> bool:
        ready = await node.client.get("/health/ready")
        return ready.status_code == 200 and ready.json() == {"status": "ok"}

    def log(self, name: str) -> str:
        """What a node has said."""
        log = self.room / f"{name}.log"
        return log.read_text() if log.exists() else ""

    async def newcomer(self, node: Node) -> "Person":
        """Somebody who has linked a home that nobody else has."""
        return await self.person(node, next(self.numbers))

    async def person(self, node: Node, number: int | None = None) -> "Person":
        """Somebody who has linked the first home, or the neighbour of that number."""
        email = f"viewer{number or 0}@example.com"
        credentials = {"email": email, "password": PASSWORD}
        answer = await node.client.post("/signup", json=credentials)
        assert answer.status_code == 201, answer.text
        home = neighbours(number)[-1] if number else CUSTOMERS[0]
        person = Person(email, await self.log_in(node, email), home)
        answer = await node.client.post(
            "/emporia-auth",
            headers=person.bearer,
            json={
                "emporiaUsername": person.home.email,
                "emporiaPassword": person.home.password,
            },
        )
        assert answer.status_code == 200, answer.text
        return person

    async def log_in(self, node: Node, email: str) -> str:
        answer = await node.client.post("/login", json={"email": email, "password": PASSWORD})
        token: str = answer.json()["token"]
        return token

    async def polls(self) -> dict[tuple[str, str], list[float]]:
        """By customer and scale when the cloud was asked for what is live, in seconds since 1970.

        The cloud remembers its last thousand requests: who wants more asks in time.
        """
        told: dict[str, Any] = (await self.cloud.get("/simulator/requests")).json()
        for each in told["recent"]:
            if each["method"] == "getDeviceListUsages":
                polls = self.known_polls.setdefault((each["customer"], each["detail"]), [])
                if not polls or each["at"] > polls[-1]:
                    polls.append(each["at"])
        return self.known_polls

    async def polls_of(self, person: "Person") -> list[float]:
        """When the cloud was asked for what is live in somebody's home."""
        return (await self.polls()).get((person.home.email, "1MIN"), [])

    def doubled(self, person: "Person", *, scale: str = "1MIN") -> list[float]:
        """When the seconds begin that had more than one poll, of all that are known.

        They are seconds of the account's own: they begin where its polls fall due. A poll that is
        late is followed by none before the next second begins.
        """
        place = place_of(AccountId(person.home.gid)) - EARLY_SECONDS
        polls = self.known_polls.get((person.home.email, scale), [])
        seconds = Counter(floor(at - place) for at in polls)
        return [place + second for second, count in seconds.items() if count > 1]

    async def _announced(
        self, name: str, process: asyncio.subprocess.Process, said_before: int
    ) -> str:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while process.returncode is None:
                for line in self.log(name)[said_before:].splitlines():
                    if "Listening on" in line:
                        return line.split()[-1]
                await asyncio.sleep(0.02)
        raise AssertionError(f"{name} did not start:\n{self.log(name)}")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in everywhere with one token."""

    email: str
    token: str
    home: Customer

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@asynccontextmanager
async def cluster(
    room: Path,
    *,
    postgres: PostgresServer,
    database_url: str,
    nats: NatsServer,
    neighbours: int = 0,
    settings: Mapping[str, str],
) -> AsyncIterator[Cluster]:
    """A cluster without nodes yet; what runs in it ends with it."""
    simulator = await asyncio.create_subprocess_exec(
        *(PROGRAM, "simulate", "--port", "0", "--neighbours", str(neighbours)),
        cwd=room,
        stdout=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"]},
    )
    try:
        url = await _announced_url(simulator)
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as cloud:
            made = Cluster(room, database_url, postgres, nats, cloud, dict(settings))
            async with made.resources:
                try:
                    yield made
                finally:
                    await _end(made.nodes.values())
    finally:
        simulator.kill()
        await simulator.wait()


async def _end(nodes: Iterable[Node]) -> None:
    for node in nodes:
        await node.end(signal.SIGKILL)


async def _announced_url(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    said = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for line in process.stdout:
            said.append(line.decode())
            if "http://" in said[-1]:
                return next(word for word in said[-1].split() if word.startswith("http://"))
    raise AssertionError(f"the simulator did not start:\n{''.join(said)}")
