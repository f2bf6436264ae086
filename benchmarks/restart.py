"""A restart under viewers: how soon all of them have frames again, and what others notice.

All viewers lose their stream at once and come back as hastily as any client could: each tries again
as soon as the gateway listens. `--patient` lets them wait as our own clients do.

Usage: python -m benchmarks.restart [--viewers N] [--accounts N] [--patient] [--calm-seconds S]
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import httpx

from benchmarks.attack.measuring import percentile
from benchmarks.build import BUILD
from benchmarks.processes import (
    Cores,
    DidNotStart,
    Server,
    TooFewCores,
    interrupt_on_sigterm,
    raise_file_limit,
)
from benchmarks.stage import PASSWORD, Stage, client_of, simulator, staged
from benchmarks.viewers import NotLetIn, Viewer, lateness

BACK_SECONDS = 2.0
LONGEST_CALL_SECONDS = 1.0
BUSIEST_SHARE = 0.5
"""The part of a second's polls that may fall into one tenth of it."""


@dataclass(slots=True, kw_only=True)
class Storm:
    """What was seen: seconds since the gateway listened, unless said otherwise."""

    calm_seconds: float
    """How long is looked before, and after."""
    before_late_seconds: list[float] = field(default_factory=list)
    before_calls: list[float] = field(default_factory=list)
    away_seconds: float = 0.0
    """From the order to stop until it listened again."""
    first_frames: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    after_late_seconds: list[float] = field(default_factory=list)
    after_calls: list[float] = field(default_factory=list)
    after_missed: int = 0
    busiest_share: float = 0.0
    """The most of all polls that fell into the same tenth of a second."""


@click.command()
@click.option("--viewers", default=1_000, show_default=True, type=click.IntRange(1, 20_000))
@click.option("--accounts", default=20, show_default=True, type=click.IntRange(1, 200))
@click.option("--patient", is_flag=True, help="Let viewers wait as our own clients do.")
@click.option("--calm-seconds", default=6.0, show_default=True, type=click.FloatRange(1, 600))
def main(viewers: int, accounts: int, *, patient: bool, calm_seconds: float) -> None:
    """Restart a gateway under viewers, and fail unless all are back in time."""
    storm = Storm(calm_seconds=calm_seconds)
    try:
        asyncio.run(restart(viewers, accounts, storm, patient=patient))
    except (TooFewCores, DidNotStart) as failure:
        raise click.ClickException(str(failure)) from None
    click.echo(_table(storm))
    faults = _faults(storm, viewers, patient=patient)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


async def restart(viewers: int, accounts: int, storm: Storm, *, patient: bool) -> None:
    """Play it once, and note what is seen."""
    interrupt_on_sigterm()
    raise_file_limit()
    BUILD.mkdir(parents=True, exist_ok=True)
    cores = Cores.taken()
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        async with simulator(cores, "--neighbours", str(accounts)) as cloud:
            stage = staged(Path(room), cores=cores, cloud=cloud)
            async with stage.gateway() as server:
                tokens = await _people(server, accounts)
                shares = [tokens[place % accounts] for place in range(viewers)]
                watching = [await _opened(server.port, token) for token in shares]
                tasks = [asyncio.create_task(viewer.watch()) for viewer in watching]
                began = time.time()
                async with _calling(server, tokens[0], storm.before_calls):
                    await asyncio.sleep(storm.calm_seconds)
                storm.before_late_seconds, _ = lateness(watching, began=began, ended=time.time())
                left = time.monotonic()
            await asyncio.gather(*tasks)
            await _come_back(stage, server.port, shares, storm, left, patient=patient)


async def _come_back(
    stage: Stage, port: int, tokens: Sequence[str], storm: Storm, left: float, *, patient: bool
) -> None:
    """Everybody tries until they have a frame, from before the gateway listens."""
    viewers: list[Viewer] = []
    back_at: list[float] = []
    listening = asyncio.Event()
    coming = [
        asyncio.create_task(
            _return(port, token, viewers, back_at, storm, listening, patient=patient)
        )
        for token in tokens
    ]
    async with stage.gateway(PORT=str(port)) as server:
        listening.set()
        listened_at = time.monotonic()
        storm.away_seconds = listened_at - left
        async with _calling(server, tokens[0], storm.calls):
            await asyncio.gather(*coming)
        storm.first_frames = [max(0.0, at - listened_at) for at in back_at]
        async with httpx.AsyncClient(base_url=stage.cloud) as cloud:
            await cloud.delete("/simulator/requests")
            tasks = [asyncio.create_task(viewer.watch()) for viewer in viewers]
            began = time.time()
            async with _calling(server, tokens[0], storm.after_calls):
                await asyncio.sleep(storm.calm_seconds)
            storm.after_late_seconds, storm.after_missed = lateness(
                viewers, began=began, ended=time.time()
            )
            storm.busiest_share = _busiest_share((await cloud.get("/simulator/requests")).json())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _return(
    port: int,
    token: str,
    viewers: list[Viewer],
    back_at: list[float],
    storm: Storm,
    listening: asyncio.Event,
    *,
    patient: bool,
) -> None:
    """Try until there is a frame."""
    longest = 1.0
    if not patient:
        await listening.wait()
    while True:
        if patient:
            await asyncio.sleep(longest * random.uniform(0.5, 1.0))  # noqa: S311  # as ours do
            longest = min(longest * 2, 30.0)
        try:
            viewer = await Viewer.open(port, token)
            await viewer.first_frame()
        except NotLetIn as refused:
            storm.refused[str(refused.status)] += 1
        except OSError:
            storm.refused["reset"] += listening.is_set()
        else:
            back_at.append(time.monotonic())
            viewers.append(viewer)
            return
        if not patient:
            await asyncio.sleep(random.uniform(0.1, 0.3))  # noqa: S311


async def _people(server: Server, accounts: int) -> list[str]:
    """A token for each account, whose home is one of the neighbours'."""
    tokens = []
    async with client_of(server) as client:
        for number in range(1, accounts + 1):
            account = {"email": f"viewer{number}@example.com", "password": PASSWORD}
            (await client.post("/signup", json=account)).raise_for_status()
            answer = (await client.post("/login", json=account)).raise_for_status()
            tokens.append(answer.json()["token"])
            emporia = {
                "emporiaUsername": f"home{number}@example.com",
                "emporiaPassword": "emporia-password",
            }
            bearer = {"Authorization": f"Bearer {tokens[-1]}"}
            linked = await client.post("/emporia-auth", json=emporia, headers=bearer)
            linked.raise_for_status()
    return tokens


async def _opened(port: int, token: str) -> Viewer:
    viewer = await Viewer.open(port, token)
    await viewer.first_frame()
    return viewer


@asynccontextmanager
async def _calling(server: Server, token: str, seconds: list[float]) -> AsyncIterator[None]:
    """Ask for `/me` ten times a second meanwhile, each time on a fresh connection."""
    headers = {"Authorization": f"Bearer {token}", "Connection": "close"}

    async def call() -> None:
        async with client_of(server) as client:
            while True:
                began = time.monotonic()
                (await client.get("/me", headers=headers)).raise_for_status()
                seconds.append(time.monotonic() - began)
                await asyncio.sleep(0.1)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(call())
        yield
        task.cancel()


def _busiest_share(report: dict[str, object]) -> float:
    """Of the polls of a second, the part that fell into one tenth of it."""
    recent = report["recent"]
    assert isinstance(recent, list)  # noqa: S101
    tenths = Counter(int(request["at"] % 1 * 10) for request in recent)
    return max(tenths.values(), default=0) / max(1, len(recent))


def _table(storm: Storm) -> str:
    """Before, during and after."""

    def told(values: list[float]) -> str:
        return " / ".join(f"{percentile(values, share) * 1000:.0f}" for share in (0.5, 0.99, 1.0))

    return f"""| ms: p50 / p99 / max | before | during | after |
|---|---|---|---|
| frames late | {told(storm.before_late_seconds)} | | {told(storm.after_late_seconds)} |
| back with a frame | | {told(storm.first_frames)} | |
| /me | {told(storm.before_calls)} | {told(storm.calls)} | {told(storm.after_calls)} |

away for {storm.away_seconds:.1f} s; refused meanwhile: {dict(storm.refused)}
frames missed after: {storm.after_missed}
{storm.busiest_share:.0%} of the polls in the busiest tenth of a second"""


def _faults(storm: Storm, viewers: int, *, patient: bool) -> list[str]:
    faults = []
    back = len(storm.first_frames)
    if back < viewers:
        faults.append(f"{viewers - back} viewers never came back.")
    if not patient and max(storm.first_frames, default=0) > BACK_SECONDS:
        faults.append(f"not all were back with a frame in {BACK_SECONDS:.0f} s.")
    if max(storm.calls, default=0) > LONGEST_CALL_SECONDS:
        faults.append(f"/me took longer than {LONGEST_CALL_SECONDS:.0f} s meanwhile.")
    if storm.busiest_share > BUSIEST_SHARE:
        faults.append("polls were not spread over the second.")
    return faults


if __name__ == "__main__":
    main()
