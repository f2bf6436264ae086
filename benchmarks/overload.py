"""Twice the sockets and requests that a gateway takes: what it sheds, keeps, and how it returns.

Half of its places are taken by viewers, and some by callers, who were there first. Then come twice
as many sockets as there are places, and more logins than can be hashed; then they leave again.

Usage: python -m benchmarks.overload [--seconds N] [--places N]
"""

import asyncio
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import httpx

from benchmarks.attack.measuring import Holdings, percentile
from benchmarks.build import BUILD
from benchmarks.processes import (
    PATIENCE_SECONDS,
    Cores,
    DidNotStart,
    Server,
    TooFewCores,
    interrupt_on_sigterm,
    raise_file_limit,
)
from benchmarks.stage import PASSWORD, simulator, staged
from benchmarks.viewers import NotLetIn, Viewer, lateness

LOGINS_AT_ONCE = 100
"""Twice as many as the gateway lets wait for their turn."""
CALL_SECONDS = 0.2
LONGEST_CALL_SECONDS = 3.0
MOST_MISSED = 0.02
"""Of the frames of those who were there first: the machine may have other things to do."""

FIRST_FRAME_SECONDS = 2.0


@dataclass(slots=True, kw_only=True)
class Phase:
    """What was seen before, during or after."""

    name: str
    late_seconds: list[float] = field(default_factory=list)
    missed: int = 0
    lost: int = 0
    calls: list[float] = field(default_factory=list)
    calls_failed: int = 0
    sockets: Counter[str] = field(default_factory=Counter)
    logins: Counter[str] = field(default_factory=Counter)
    held: Holdings | None = None

    @property
    def row(self) -> str:
        """A line of the table."""
        held = self.held or Holdings(megabytes=0, files=0)
        return " | ".join(
            [
                f"| {self.name}",
                f"{self.lost} / {self.missed}",
                _milliseconds(self.late_seconds),
                f"{_milliseconds(self.calls)}, {self.calls_failed} failed",
                _told(self.sockets),
                _told(self.logins),
                f"{held.megabytes:.0f} MB, {held.files} files |",
            ]
        )


HEADER = """\
| | viewers lost, frames missed | frames late p50 / p99 | /me p50 / p99 | sockets | logins | held |
|---|---|---|---|---|---|---|"""


@click.command()
@click.option("--seconds", default=600, show_default=True, type=click.IntRange(3, 86_400))
@click.option("--places", default=400, show_default=True, type=click.IntRange(240, 10_000))
def main(seconds: int, places: int) -> None:
    """Overload a gateway, and fail unless it sheds, keeps and returns as it should."""
    try:
        phases, faults = asyncio.run(overload(seconds, places))
    except (TooFewCores, DidNotStart) as failure:
        raise click.ClickException(str(failure)) from None
    click.echo("\n".join([HEADER, *(phase.row for phase in phases)]))
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


async def overload(seconds: float, places: int) -> tuple[list[Phase], list[str]]:
    """What was seen in each phase, and what did not hold."""
    interrupt_on_sigterm()
    raise_file_limit()
    BUILD.mkdir(parents=True, exist_ok=True)
    cores = Cores.taken()
    calm_seconds = min(seconds, 10)
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores) as cloud:
            stage = staged(Path(room), cores=cores, cloud=cloud)
            async with stage.gateway(CONNECTIONS=str(places), HOST="127.0.0.1") as server:
                [token] = await stage.people(server, 1)
                async with callers(server, token) as clients:
                    kept = [await Viewer.open(server.port, token) for _ in range(places // 2)]
                    watching = [asyncio.create_task(viewer.watch()) for viewer in kept]
                    run = Run(server=server, token=token, clients=clients, kept=kept)
                    before = await run.phase("before", calm_seconds)
                    during = await run.phase("during", seconds, sockets=2 * places)
                    await run.phase("leaving", 2)
                    after = await run.phase("after", calm_seconds)
                    faults = [*_faults(before, during, after), *await _returned(server, token)]
                    for task in watching:
                        task.cancel()
                    await asyncio.gather(*watching, return_exceptions=True)
    return [before, during, after], faults


@asynccontextmanager
async def callers(server: Server, token: str) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Callers with a connection each; the first asks for `/me`, the others log in."""
    async with AsyncExitStack() as open_clients:
        yield [
            await open_clients.enter_async_context(
                httpx.AsyncClient(
                    base_url=server.url,
                    headers={"Authorization": f"Bearer {token}"},
                    timeout=PATIENCE_SECONDS,
                    verify=False,  # noqa: S501  # plain HTTP: reading certificates takes time
                )
            )
            for _ in range(LOGINS_AT_ONCE + 1)
        ]


@dataclass(slots=True, kw_only=True)
class Run:
    """One gateway, and those who were there first."""

    server: Server
    token: str
    clients: list[httpx.AsyncClient]
    kept: list[Viewer]

    async def phase(self, name: str, seconds: float, *, sockets: int = 0) -> Phase:
        """Watch for so long, with so many newcomers; none leaves anything behind."""
        phase = Phase(name=name)
        began = time.time()
        newcomers = [asyncio.create_task(self._come(phase)) for _ in range(sockets)]
        caller = self._log_in if sockets else self._stay
        newcomers += [asyncio.create_task(caller(client, phase)) for client in self.clients[1:]]
        calling = asyncio.create_task(self._call(phase))
        await asyncio.sleep(seconds)
        phase.held = Holdings.of(self.server.pid)
        tasks = [*newcomers, calling]
        for task in tasks:
            task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        phase.late_seconds, phase.missed = lateness(self.kept, began=began, ended=time.time())
        phase.lost = sum(viewer.has_ended for viewer in self.kept)
        broken = [each for each in done if isinstance(each, Exception)]
        if broken:
            raise broken[0]
        return phase

    async def _come(self, phase: Phase) -> None:
        """Try to watch, again and again as a client does, and stay where there is a place."""
        while True:
            try:
                viewer = await Viewer.open(self.server.port, self.token)
            except NotLetIn as refused:
                phase.sockets[str(refused.status)] += 1
            except OSError:
                phase.sockets["reset"] += 1
            else:
                phase.sockets["let in"] += 1
                await viewer.watch()
                phase.sockets[f"closed {viewer.close_code}"] += 1
            await asyncio.sleep(random.uniform(0.5, 1.0))  # noqa: S311  # as our clients do

    async def _log_in(self, client: httpx.AsyncClient, phase: Phase) -> None:
        """Ask for a token again and again, each time as somebody else, on one connection."""
        while True:
            account = {"email": f"{secrets.token_hex(8)}@example.com", "password": PASSWORD}
            answer = await client.post("/login", json=account)
            phase.logins[str(answer.status_code)] += 1
            await asyncio.sleep(random.uniform(0.1, 0.3))  # noqa: S311

    async def _stay(self, client: httpx.AsyncClient, _: Phase) -> None:
        """Keep a connection from being closed as idle."""
        while True:
            await client.get("/health/live")
            await asyncio.sleep(1)

    async def _call(self, phase: Phase) -> None:
        while True:
            began = time.monotonic()
            try:
                answer = await self.clients[0].get("/me")
                phase.calls_failed += answer.status_code != httpx.codes.OK
            except httpx.TransportError:
                phase.calls_failed += 1
            phase.calls.append(time.monotonic() - began)
            await asyncio.sleep(CALL_SECONDS)


def _faults(before: Phase, during: Phase, after: Phase) -> list[str]:
    """What did not hold, in sentences."""
    faults = []
    if during.lost or after.lost:
        faults.append(f"{max(during.lost, after.lost)} viewers who were there first were lost.")
    for phase in (before, during, after):
        if phase.missed > MOST_MISSED * len(phase.late_seconds):
            faults.append(f"{phase.name}: frames were missed.")
        if percentile(phase.calls, 0.99) > LONGEST_CALL_SECONDS or phase.calls_failed:
            faults.append(f"{phase.name}: /me failed or was slow for a caller who was there first.")
    if strange := set(during.sockets) - {"let in", "503", "closed 1013"}:
        faults.append(f"newcomers met {sorted(strange)}.")
    if not during.sockets["503"]:
        faults.append("nobody was shed: that was no overload.")
    if strange := set(during.logins) - {"401", "503"}:
        faults.append(f"logins met {sorted(strange)}.")
    if not (during.logins["401"] and during.logins["503"]):
        faults.append("logins were either all answered or all shed.")
    return faults


async def _returned(server: Server, token: str) -> list[str]:
    """Whether newcomers are let in again."""
    try:
        async with asyncio.timeout(FIRST_FRAME_SECONDS):
            viewer = await Viewer.open(server.port, token)
            await viewer.first_frame()
    except (NotLetIn, OSError, TimeoutError) as failure:
        return [f"after: a newcomer was not let in ({type(failure).__name__})."]
    viewer.writer.transport.abort()
    return []


def _milliseconds(seconds: list[float]) -> str:
    return " / ".join(f"{percentile(seconds, share) * 1000:.0f}" for share in (0.5, 0.99)) + " ms"


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items())) or "none"


if __name__ == "__main__":
    main()
