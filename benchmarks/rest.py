"""REST answers beside an Express twin, and how much CPU the gateway takes to be ready."""

import asyncio
import socket
from contextlib import AsyncExitStack

import httpx

from benchmarks.contenders import Contender
from benchmarks.load import Sample, generating, sample_of, ticks_begin
from benchmarks.processes import PATIENCE_SECONDS, cpu_seconds, started, stop
from benchmarks.stage import Stage, instant_target

CONNECTIONS = 32
TARGETS = ("GET /me", "GET /devices/instant")


async def measure(contender: Contender, target: str, stage: Stage, *, seconds: float) -> Sample:
    """One run of one route; raises MeasurementFailed.

    A live socket at the gateway keeps its sample fresh, as somebody's dashboard would.
    """
    async with contender.start(stage, 1) as server, AsyncExitStack() as viewers:
        if contender.polls:
            viewer = await viewers.enter_async_context(
                generating("wsload", stage, server, {"sockets": 1, "ticks": 3600})
            )
            await ticks_begin(viewer)
        path = "/me" if target == "GET /me" else instant_target()
        question: dict[str, str | float] = {
            "connections": CONNECTIONS,
            "target": path,
            "seconds": seconds,
        }
        client = await viewers.enter_async_context(generating("restload", stage, server, question))
        return await sample_of(client)


async def start_up(stage: Stage) -> Sample:
    """CPU and time from the start of `emporia-api serve` until `/health/live` answers.

    It was started before by others, so its bytecode is cached and its database is there.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    loop = asyncio.get_running_loop()
    environment = stage.environment(PORT=str(port))
    began = loop.time()
    program = stage.python.with_name("emporia-api")
    process = await started(program, "serve", core=stage.cores.server, environment=environment)
    try:
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
        ):
            while not await _answers(client):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.005)
            return {"cpu": cpu_seconds(process.pid), "seconds": loop.time() - began}
    finally:
        await stop(process)


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/live")).is_success
    except httpx.ConnectError:
        return False
