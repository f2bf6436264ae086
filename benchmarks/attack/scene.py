"""A gateway as its operators run it, with people in it, and one attack on it."""

import asyncio
import json
import os
import re
import secrets
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.attack.measuring import (
    LOGIN_ADDRESS,
    VIEWER_ADDRESS,
    Health,
    Holder,
    Holdings,
    Viewer,
    client_from,
    seconds_to_log_in,
    within,
)
from benchmarks.attack.target import ATTACKER
from benchmarks.attack.verdict import Outcome
from benchmarks.processes import (
    PATIENCE_SECONDS,
    Cores,
    DidNotStart,
    Server,
    line_of,
    started,
    stop,
)
from benchmarks.stage import EMPORIA_LOGIN, PASSWORD, PROGRAM

REST_SECONDS = 10.0
"""From the end of an attack until what is left of it is looked at."""

CALM_SECONDS = 2.0
"""Between the last sign-up and the attack, so that hashing is over when it begins."""

LISTENING = re.compile(r"Listening on http://127\.0\.0\.1:(\d+)\b")

VIEWER, ATTACKERS_EMAIL, VICTIM = "viewer@example.com", "other@example.com", "ada@example.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where gateways are attacked: a folder, a cloud, a core each."""

    room: Path
    cores: Cores
    cloud: str

    async def attack(self, name: str, *, seconds: float) -> Outcome:
        """Attack a fresh gateway in a fresh folder, and tell what others noticed."""
        folder = self.room / secrets.token_hex(4)
        folder.mkdir()
        async with AsyncExitStack() as resources:
            server = await resources.enter_async_context(self._gateway(folder))
            attacker = await _linked(server, ATTACKERS_EMAIL, ATTACKER)
            viewer = await Viewer.of(server.port, await _linked(server, VIEWER, VIEWER_ADDRESS))
            victim = await resources.enter_async_context(client_from(LOGIN_ADDRESS, server.port))
            await _sign_up(victim, VICTIM)
            await asyncio.sleep(CALM_SECONDS)
            order = _order(folder, server, name, seconds=seconds, token=attacker)
            return await self._watch(name, seconds, server, viewer, victim, order)

    async def _watch(
        self,
        name: str,
        seconds: float,
        server: Server,
        viewer: Viewer,
        victim: httpx.AsyncClient,
        order: Path,
    ) -> Outcome:
        log = _log_of(order.parent)
        health, holder = Health(port=server.port), Holder(pid=server.pid)
        before, lines_before = Holdings.of(server.pid), _lines(log)
        process = await started(
            sys.executable, "-m", "benchmarks.attack", order, core=self.cores.others
        )
        try:
            await line_of(process)
            began = time.time()
            watching = [
                asyncio.create_task(watch()) for watch in (health.watch, viewer.watch, holder.watch)
            ]
            await asyncio.sleep(seconds / 3)
            login = await within(
                seconds * 2 / 3, lambda: seconds_to_log_in(victim, VICTIM, PASSWORD)
            )
            told = json.loads(await line_of(process) or "{}")
        finally:
            await stop(process)
        ended = time.time()
        watching[0].cancel()
        await asyncio.sleep(REST_SECONDS)
        late_seconds = viewer.late_seconds(began=began, ended=ended)
        after = Holdings.of(server.pid)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        return Outcome(
            attack=name,
            sent=told.get("sent", 0),
            answered=told.get("answered", 0),
            health_seconds=health.seconds,
            health_failed=health.failed,
            late_seconds=late_seconds,
            login_seconds=login,
            before=before,
            peak=Holdings(megabytes=holder.megabytes, files=holder.files),
            after=after,
            log_lines=_lines(log) - lines_before,
        )

    @asynccontextmanager
    async def _gateway(self, folder: Path) -> AsyncIterator[Server]:
        """`emporia-api serve` with the settings it has by itself; raises DidNotStart."""
        log = _log_of(folder)
        with log.open("wb") as written:
            process = await started(
                PROGRAM,
                "serve",
                core=self.cores.server,
                environment=self._environment(folder),
                errors=written.fileno(),
            )
        try:
            port = await _port_of(process, log)
            if port is None:
                raise DidNotStart(
                    f"The gateway did not start (exit code {process.returncode}): {_said(log)}"
                )
            yield Server(process=process, port=port)
        finally:
            await stop(process)

    def _environment(self, folder: Path) -> Mapping[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "DATA_DIR": str(folder / "data"),
            "EMPORIA_API_URL": self.cloud,
            "EMPORIA_COGNITO_URL": self.cloud,
            "EMPORIA_DAILY_REQUESTS": "0",
        }


def _order(folder: Path, server: Server, name: str, *, seconds: float, token: str) -> Path:
    """What the process that attacks is told, in a file that nobody else reads."""
    order = folder / "order.json"
    order.touch(mode=0o600)
    told = {
        "name": name,
        "seconds": seconds,
        "port": server.port,
        "token": token,
        "email": ATTACKERS_EMAIL,
        "password": PASSWORD,
        "victim_email": VICTIM,
    }
    order.write_text(json.dumps(told), encoding="utf-8")
    return order


async def _linked(server: Server, email: str, address: str) -> str:
    """The token of a new user with a home, who comes from this address."""
    async with client_from(address, server.port) as client:
        token = await _sign_up(client, email)
        answer = await client.post(
            "/emporia-auth", json=EMPORIA_LOGIN, headers={"Authorization": f"Bearer {token}"}
        )
        answer.raise_for_status()
        return token


async def _sign_up(client: httpx.AsyncClient, email: str) -> str:
    account = {"email": email, "password": PASSWORD}
    (await client.post("/signup", json=account)).raise_for_status()
    answer = (await client.post("/login", json=account)).raise_for_status()
    token: str = answer.json()["token"]
    return token


async def _port_of(process: asyncio.subprocess.Process, log: Path) -> int | None:
    """The port that it says it listens on, waited for; None where it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.returncode is None:
        announced = LISTENING.search(_said(log))
        if announced is not None:
            return int(announced[1])
        await asyncio.sleep(0.05)
    return None


def _log_of(folder: Path) -> Path:
    return folder / "log"


def _said(log: Path) -> str:
    return log.read_text(encoding="utf-8").strip()


def _lines(log: Path) -> int:
    with log.open("rb") as written:
        return sum(1 for _ in written)
