"""The compiled load generators, as processes on their own core."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from benchmarks.build import BUILD
from benchmarks.processes import Server, line_of, started, stop
from benchmarks.stage import Stage

Sample = dict[str, Any]


class MeasurementFailed(Exception):
    """A server did not do what it was asked; the load generator said why on standard error."""

    def __init__(self) -> None:
        super().__init__("not measured: the load generator gave up, as it says above")


@asynccontextmanager
async def generating(
    program: str,
    stage: Stage,
    server: Server,
    options: Mapping[str, str | float],
    *,
    errors: int | None = None,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A load generator at work on a server; it is ended when the block is left."""
    given = {
        "port": server.port,
        "pid": server.pid,
        "core": stage.cores.server,
        "tokens": str(stage.tokens),
        **options,
    }
    arguments = [text for name, value in given.items() for text in (f"--{name}", str(value))]
    generator = await started(BUILD / program, *arguments, core=stage.cores.others, errors=errors)
    try:
        yield generator
    finally:
        await stop(generator)


async def ticks_begin(generator: asyncio.subprocess.Process) -> None:
    """Wait until all sockets are in and what they get is counted; raises MeasurementFailed."""
    if await line_of(generator) != "watching":
        await generator.communicate()
        raise MeasurementFailed


async def sample_of(generator: asyncio.subprocess.Process) -> Sample:
    """What the generator measured, once it is done; raises MeasurementFailed.

    `disturbed` is the part of the time in which others had the server's core.
    """
    output, _ = await generator.communicate()
    if generator.returncode:
        raise MeasurementFailed
    *_, last_line = output.splitlines()
    sample: Sample = json.loads(last_line)
    sample["disturbed"] = max(0.0, sample["core_busy"] - sample["server_cpu"]) / sample["seconds"]
    return sample
