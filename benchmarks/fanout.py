"""How servers send one home to many sockets: CPU, delay, memory, polls."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx

from benchmarks.contenders import (
    BARE_PYTHON,
    ENCODE_ONCE,
    GATEWAY,
    POLL_PER_SOCKET,
    REFERENCE,
    Contender,
)
from benchmarks.load import Sample, generating, sample_of, ticks_begin
from benchmarks.processes import Server, unsent_bytes
from benchmarks.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """So many sockets, some of which never read, for so many ticks.

    They come in so few at a time as `arriving` says, and say `says` once they are in. Who reads
    sleeps between two frames, unless it stays `awake`.
    """

    name: str
    sockets: int
    hz: float
    seconds: float
    shows: Sequence[str]
    stuck: int = 0
    arriving: int = 64
    says: str = ""
    awake: bool = False
    contenders: Sequence[Contender] = (REFERENCE, GATEWAY, ENCODE_ONCE)

    def ticks(self, *, quick: bool) -> int:
        return max(2, round(self.hz * self.seconds * (0.5 if quick else 1)))


FIRST_SECONDS = 6
"""How long somebody looks on before it is measured what a socket holds."""

RATE = ("cpu", "rate", "generator")
DELAY = ("cpu", "p50", "p99", "max", "missed")
ONE_ACCOUNT = ("cpu_per_second", "cpu", "polls", "p99", "missed")
WITH_EXTRAS = '{"type":"subscribe","extras":["flows","cost"]}'
WITH_POLL = (GATEWAY, POLL_PER_SOCKET)
BESIDE_THE_LIMITS = (REFERENCE, GATEWAY, BARE_PYTHON)

SCENARIOS = (
    Scenario(name="1,000 sockets, 50 Hz", sockets=1_000, hz=50, seconds=5, shows=RATE),
    Scenario(
        name="1,000 sockets with flows and cost, 50 Hz",
        sockets=1_000,
        hz=50,
        seconds=5,
        shows=RATE,
        says=WITH_EXTRAS,
        contenders=(GATEWAY,),
    ),
    Scenario(name="5,000 sockets, 10 Hz", sockets=5_000, hz=10, seconds=5, shows=RATE),
    Scenario(
        name="1,000 sockets, 1 Hz",
        sockets=1_000,
        hz=1,
        seconds=10,
        shows=("cpu_per_second", *DELAY, "polls"),
    ),
    Scenario(
        name="1,000 sockets at once",
        sockets=1_000,
        arriving=1_000,
        hz=1,
        seconds=3,
        shows=("first_frame",),
    ),
    Scenario(
        name="5,000 sockets, 1 Hz",
        sockets=5_000,
        hz=1,
        seconds=10,
        shows=(*DELAY, "polls", "kb_per_socket", "connect"),
        contenders=(*BESIDE_THE_LIMITS, ENCODE_ONCE),
    ),
    Scenario(
        name="5,000 sockets, 1 Hz, an awake reader",
        sockets=5_000,
        hz=1,
        seconds=10,
        awake=True,
        shows=DELAY,
        contenders=BESIDE_THE_LIMITS,
    ),
    Scenario(
        name="5,000 sockets, 1 Hz, one stuck",
        sockets=5_000,
        hz=1,
        seconds=10,
        stuck=1,
        shows=(*DELAY, "growth"),
    ),
    Scenario(
        name="40 readers, 20 stuck, 500 Hz",
        sockets=60,
        hz=500,
        seconds=8,
        stuck=20,
        shows=("rate", "growth", "unsent"),
    ),
    *(
        Scenario(
            name=f"sockets of one account: {sockets}",
            sockets=sockets,
            hz=1,
            seconds=10,
            shows=ONE_ACCOUNT,
            contenders=WITH_POLL,
        )
        for sockets in (1, 10, 100)
    ),
)


async def _load_what_is_loaded_once(server: Server, stage: Stage, hz: float) -> None:
    """Show a first viewer some frames: what is loaded for them is no part of a socket."""
    options = {"sockets": 1, "hz": hz, "ticks": round(FIRST_SECONDS * hz)}
    async with generating("wsload", stage, server, options) as generator:
        await sample_of(generator)


async def measure(scenario: Scenario, contender: Contender, stage: Stage, *, quick: bool) -> Sample:
    """One run of a contender that is started for it; raises MeasurementFailed."""
    ticks = scenario.ticks(quick=quick)
    options: dict[str, str | float] = {
        "sockets": scenario.sockets,
        "stuck": scenario.stuck,
        "in-flight": scenario.arriving,
        "hz": scenario.hz,
        "ticks": ticks,
        "say": scenario.says,
        "awake": int(scenario.awake),
    }
    async with AsyncExitStack() as running:
        server = await running.enter_async_context(contender.start(stage, scenario.hz))
        if "kb_per_socket" in scenario.shows:
            await _load_what_is_loaded_once(server, stage, scenario.hz)
        generator = await running.enter_async_context(generating("wsload", stage, server, options))
        await ticks_begin(generator)
        polls_before = await polls(stage) if contender.polls else 0
        await asyncio.sleep(ticks / scenario.hz * 0.8)
        held = unsent_bytes(server.port, stuck=scenario.stuck) if scenario.stuck else 0.0
        sample = await sample_of(generator)
        polls_after = await polls(stage) if contender.polls else 0
    sample["polls_per_second"] = (polls_after - polls_before) / sample["seconds"]
    sample["unsent_bytes_per_stuck"] = held
    return sample


async def polls(stage: Stage) -> int:
    """How often the cloud was asked for usages so far."""
    async with httpx.AsyncClient(base_url=stage.cloud) as client:
        report = (await client.get("/simulator/requests")).raise_for_status().json()
    return sum(
        methods.get("getDeviceListUsages", {}).get("count", 0)
        for methods in report["customers"].values()
    )
