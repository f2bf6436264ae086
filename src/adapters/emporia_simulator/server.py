"""The simulator as a web application, and a way to serve it inside a running event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.exceptions import MethodNotAllowedException, NotFoundException
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.cognito import amazon_front, user_pool_routes
from adapters.emporia_simulator.cognito.tokens import signing_key
from adapters.emporia_simulator.controls import control_routes, history_routes, home_routes
from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.device_api import app_routes, device_routes
from adapters.emporia_simulator.refusals import ConnectionCut, Refusal, device_refusal

_ABORT = "abort_connection"

GRACE_SECONDS = 1.0
"""How long answers under way may take once the simulator stops."""

LOOK_SECONDS = 0.01
"""How often it looks meanwhile whether everybody has left."""


@dataclass(frozen=True, slots=True)
class RunningSimulator:
    """A simulator that answers at `base_url`."""

    base_url: str


def create_simulator(options: SimulatorOptions, *, base_url: str) -> Litestar:
    """Emporia's cloud as an ASGI application; `base_url` is where clients will reach it."""
    cloud = Cloud.started(options, base_url=base_url)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await cloud.workers.run(signing_key)
        try:
            yield
        finally:
            cloud.workers.close()

    return Litestar(
        route_handlers=[
            *user_pool_routes.ROUTES,
            *device_routes.ROUTES,
            *app_routes.ROUTES,
            *control_routes.ROUTES,
            *home_routes.ROUTES,
            *history_routes.ROUTES,
        ],
        dependencies={"cloud": Provide(lambda: cloud, sync_to_thread=False)},
        exception_handlers={
            Refusal: _refused,
            ConnectionCut: _cut,
            NotFoundException: _unknown_path,
            MethodNotAllowedException: _unknown_path,
        },
        before_send=[amazon_front.add_headers],
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=None,
    )


@asynccontextmanager
async def serve_simulator(
    options: SimulatorOptions, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[RunningSimulator]:
    """Serve a simulator in this event loop until the block is left; port 0 is any free one."""
    listener = socket.create_server((host, port))
    reachable = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - a comparison
    base_url = f"http://{reachable}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        create_simulator(options, base_url=base_url),
        http=_AbortableHttp,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_keep_alive=60,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.wait(
            [serving, started := asyncio.create_task(server.ready.wait())],
            return_when=asyncio.FIRST_COMPLETED,
        )
        started.cancel()
        if serving.done():
            raise RuntimeError("the simulator did not start")
        yield RunningSimulator(base_url)
    finally:
        server.stop()
        await serving


class _Server(uvicorn.Server):
    """Leaves the signals alone, tells when it is ready, and stops without uvicorn's pauses."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self.should_exit = True
        self._stopping.set()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready.set()

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # each tick renews the Date header
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002
        for server in self.servers:
            server.close()
        state = self.server_state
        for connection in tuple(state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                while state.connections or state.tasks:  # noqa: ASYNC110  # uvicorn's sets
                    await asyncio.sleep(LOOK_SECONDS)
        for task in state.tasks:
            task.cancel()
        await self.lifespan.shutdown()


class _AbortableHttp(HttpToolsProtocol):
    """Lets the application cut a connection, which ASGI has no word for."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, _ABORT: transport.abort}


def _refused(_: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    return Response(
        refusal.body,
        status_code=refusal.status,
        media_type=refusal.content_type,
        headers=refusal.headers,
    )


def _cut(request: Request[Any, Any, Any], _: ConnectionCut) -> Response[bytes]:
    abort = request.scope["state"].get(_ABORT)
    if abort is not None:
        abort()
    return Response(b"", status_code=500)


def _unknown_path(request: Request[Any, Any, Any], _: Exception) -> Response[bytes]:
    """What the gateway before the cloud says of a path it does not know."""
    return _refused(request, device_refusal(403, "Missing Authentication Token"))
