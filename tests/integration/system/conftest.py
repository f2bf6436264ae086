"""The gateway as a process of its own, in front of a cloud that outlives it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from entrypoints.composition import SimulatorOptions, serve_simulator

PROGRAM = Path(sys.executable).with_name("emporia-api")
PASSWORD = "correct horse"
PATIENCE_SECONDS = 30


@dataclass(slots=True)
class Gateway:
    """A running `emporia-api serve`."""

    process: asyncio.subprocess.Process
    url: str
    client: httpx.AsyncClient

    @property
    def stream_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/"

    async def sign_up(self, email: str) -> int:
        """The status of the answer."""
        return (await self.client.post("/signup", json=_credentials(email))).status_code

    async def log_in(self, email: str) -> httpx.Response:
        return await self.client.post("/login", json=_credentials(email))

    async def linked(self, email: str = "ada@example.com") -> str:
        """The token of a new user who has linked the first home."""
        assert await self.sign_up(email) == 201
        token: str = (await self.log_in(email)).json()["token"]
        answer = await self.client.post(
            "/emporia-auth",
            headers={"Authorization": f"Bearer {token}"},
            json={"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"},
        )
        assert answer.status_code == 200
        return token

    async def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send a signal; the exit code, and what was said on stderr since the start."""
        self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, said = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, said.decode()


Gateways = Callable[..., AbstractAsyncContextManager[Gateway]]


def _credentials(email: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD}


@pytest.fixture
async def cloud() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the simulated cloud."""
    async with (
        serve_simulator(SimulatorOptions()) as simulator,
        httpx.AsyncClient(base_url=simulator.base_url) as client,
    ):
        yield client


@pytest.fixture
def gateways(tmp_path: Path, cloud: httpx.AsyncClient) -> Gateways:
    """Starts gateways on one DATA_DIR; keyword arguments go to the environment."""

    @asynccontextmanager
    async def gateway(**environment: Any) -> AsyncIterator[Gateway]:
        cloud_url = str(cloud.base_url).rstrip("/")
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            "serve",
            cwd=tmp_path,
            stderr=asyncio.subprocess.PIPE,
            env={
                "PATH": os.environ["PATH"],
                "PORT": "0",
                "DATA_DIR": str(tmp_path / "data"),
                "ACCOUNT_CALLS_PER_MINUTE": "100000",
                "EMPORIA_API_URL": cloud_url,
                "EMPORIA_COGNITO_URL": cloud_url,
                "EMPORIA_DAILY_REQUESTS": "0",
                **environment,
            },
        )
        try:
            url = await _announced_url(process)
            async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client:
                yield Gateway(process, url, client)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    return gateway


async def _announced_url(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    said = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for line in process.stderr:
            said.append(line.decode())
            if "Listening on" in said[-1]:
                return said[-1].split()[-1]
    raise AssertionError(f"the gateway did not start:\n{''.join(said)}")
