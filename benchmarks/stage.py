"""The simulated cloud, the gateway, and people who signed up, logged in and linked over HTTP."""

import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from websockets.asyncio.client import connect

from benchmarks.processes import PATIENCE_SECONDS, Cores, Server, serving

PYTHON = Path(sys.executable)
PROGRAM = PYTHON.with_name("emporia-api")
EMPORIA_LOGIN = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
PASSWORD = "correct horse battery"  # noqa: S105 - of people who live as long as the benchmark


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where servers find what they need: a folder, a cloud, and a secret for tokens.

    The gateway is this one, or that of another `checkout` with a .venv of its own.
    """

    room: Path
    cores: Cores
    cloud: str
    token_secret: str
    checkout: Path | None = None

    @property
    def python(self) -> Path:
        return PYTHON if self.checkout is None else self.checkout / ".venv/bin/python"

    @property
    def tokens(self) -> Path:
        return self.room / "tokens"

    @property
    def frame(self) -> Path:
        return self.room / "frame.json"

    @property
    def profile(self) -> Path:
        return self.room / "me.json"

    @property
    def instant(self) -> Path:
        return self.room / "instant.json"

    @property
    def secret(self) -> Path:
        return self.room / "secret"

    def environment(self, **more: str) -> Mapping[str, str]:
        """The gateway's settings: real storage, limits raised to what is measured."""
        return {
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "DATA_DIR": str(self.room / "data"),
            "TOKEN_SECRETS": self.token_secret,
            "TOKEN_LIFETIME_SECONDS": "86400",
            "ACCOUNT_CALLS_PER_MINUTE": "1000000",
            "STREAM_SOCKETS_PER_USER": "1000000",
            "STREAM_AUTH_TIMEOUT_SECONDS": "120",
            "EMPORIA_API_URL": self.cloud,
            "EMPORIA_COGNITO_URL": self.cloud,
            "EMPORIA_DAILY_REQUESTS": "0",
            "LOG_LEVEL": "warning",
            **more,
        }

    def gateway(self, hz: float = 1, **settings: str) -> AbstractAsyncContextManager[Server]:
        """The gateway on the server's core."""
        return serving(
            self.python,
            "-m",
            "benchmarks.gateway",
            str(hz),
            core=self.cores.server,
            environment=self.environment(**settings),
            folder=self.checkout,
        )

    async def people(self, server: Server, count: int) -> Sequence[str]:
        """Tokens of so many new users, all linked to the same home."""
        async with client_of(server) as client:
            return [await linked(client) for _ in range(count)]

    async def prepare(self, *, users: int) -> None:
        """Sign people up, and keep one real answer of each kind for the peers to repeat."""
        self.secret.touch(mode=0o600)
        self.secret.write_text(self.token_secret, encoding="ascii")
        async with self.gateway() as server:
            tokens = await self.people(server, users)
            self.tokens.touch(mode=0o600)
            self.tokens.write_text("\n".join(tokens), encoding="ascii")
            async with connect(f"ws://127.0.0.1:{server.port}/") as socket:
                await socket.send(f'{{"type":"authenticate","token":"{tokens[0]}"}}')
                await socket.recv()
                self.frame.write_bytes(await socket.recv(decode=False))
            async with client_of(server, token=tokens[0]) as client:
                self.profile.write_bytes(await _body(client, "/me"))
                self.instant.write_bytes(await _body(client, instant_target()))


def simulator(cores: Cores, *options: str) -> AbstractAsyncContextManager[Server]:
    """Emporia's cloud on the core of the load generator."""
    return serving(PROGRAM, "simulate", *options, core=cores.others)


def staged(room: Path, *, cores: Cores, cloud: Server, checkout: Path | None = None) -> Stage:
    """A stage in an empty folder."""
    return Stage(
        room=room,
        cores=cores,
        cloud=cloud.url,
        token_secret=secrets.token_hex(32),
        checkout=checkout,
    )


def client_of(server: Server, *, token: str | None = None) -> httpx.AsyncClient:
    """An HTTP client, with a caller's token where there is one."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.AsyncClient(base_url=server.url, headers=headers, timeout=PATIENCE_SECONDS)


def instant_target() -> str:
    """The REST question that the live sample answers."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"/devices/instant?instant={now}&scale=1MIN&energyUnit=KilowattHours"


async def linked(
    client: httpx.AsyncClient, *, username: str = EMPORIA_LOGIN["emporiaUsername"]
) -> str:
    """The token of a new user who has linked this Emporia account."""
    account = {"email": f"{secrets.token_hex(8)}@example.com", "password": PASSWORD}
    (await client.post("/signup", json=account)).raise_for_status()
    token: str = (await client.post("/login", json=account)).raise_for_status().json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    login = {**EMPORIA_LOGIN, "emporiaUsername": username}
    answer = await client.post("/emporia-auth", json=login, headers=bearer)
    answer.raise_for_status()
    # So that their homes have a price, for whoever asks for costs.
    chosen = await client.put("/me/currency", json={"currency": "USD"}, headers=bearer)
    chosen.raise_for_status()
    return token


async def _body(client: httpx.AsyncClient, target: str) -> bytes:
    return (await client.get(target)).raise_for_status().content
