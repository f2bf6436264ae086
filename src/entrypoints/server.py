"""Serves the gateway with uvicorn, and owns the signals that stop it."""

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from types import FrameType
from typing import Any, Self, cast

import uvicorn

from entrypoints.asgi import Gateway
from entrypoints.serving.admission import Admission
from entrypoints.serving.figures import FiguresApp
from entrypoints.serving.free_memory import give_back_free_memory
from entrypoints.serving.http_protocol import HttpProtocol
from entrypoints.serving.open_files import most_connections, raise_file_limit
from entrypoints.serving.request_measure import RequestDeadlines
from entrypoints.serving.stoppable_server import StoppableServer
from entrypoints.serving.websocket.protocol import WireProtocol
from entrypoints.settings import Settings

SIGNALS = (signal.SIGINT, signal.SIGTERM)
CLOSING_SECONDS = 1
"""The part of the grace time that is kept for closing what the requests used."""
FORCED_SECONDS = 0.5
"""How long stopping may take once a second signal came."""

PING_SECONDS = 60.0
PONG_SECONDS = 30.0
"""Once frames leave every second, a ping only finds out clients that take them and are not there;
at uvicorn's 20 seconds they cost a fifth of what the frames do."""

MOST_SCRAPERS = 16
"""Connections to the port of figures."""

logger = logging.getLogger(__name__)


class CannotListen(Exception):
    """The address can't be served on; the sentence says why and what to change."""


class StoppedAtOnce(Exception):
    """A second signal came before the first had been obeyed."""

    def __init__(self) -> None:
        super().__init__("Stopped at once; what was going on was cut off.")


def listen(*, host: str, port: int, about: str = "") -> socket.socket:
    """Take the port now, so that nothing starts that could not be reached.

    `about` is what the names of the settings begin with. Raises CannotListen, which names them.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise CannotListen(_not_ours(host, about)) from None
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise CannotListen(_reason(error, host=host, port=port, about=about)) from None
    return listener


def _reason(error: OSError, *, host: str, port: int, about: str) -> str:
    setting = f"{about}PORT"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program; set {setting} to a free one."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this process has; set {setting} above 1023."
    return _not_ours(host, about)


def _not_ours(host: str, about: str) -> str:
    return f"{about}HOST: '{host}' is not an address of this machine."


def url_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds what listens here."""
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # a name, no binding
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"


class StopSignals:
    """The one owner of SIGINT and SIGTERM while it is entered.

    The first signal sets `asked`, the second cancels the task that entered. When the grace
    time is over the process ends, whatever is still running in whatever thread.
    """

    def __init__(self, *, grace_seconds: float) -> None:
        self.asked = asyncio.Event()
        self._grace_seconds = grace_seconds
        self._exit_code: int | None = None

    def __enter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._owner = asyncio.current_task()
        self._handlers = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._exit_code = 1 if kind else 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop_or_force)

    def _stop_or_force(self) -> None:
        if not self.asked.is_set():
            self.asked.set()
            self._end_after(self._grace_seconds)
        elif self._owner is not None:
            self._owner.cancel()
            self._end_after(FORCED_SECONDS)

    def _end_after(self, seconds: float) -> None:
        # A daemon, for it must neither wait for a stuck thread nor keep the process alive.
        deadline = threading.Timer(seconds, self._end)
        deadline.daemon = True
        deadline.start()

    def _end(self) -> None:
        """End the process now: cleanly where all is closed and only a thread still waits."""
        if self._exit_code is None:
            logger.warning("Stopping took longer than the grace time; ending at once.")
        sys.stdout.flush()
        os._exit(1 if self._exit_code is None else self._exit_code)


def run(main: Callable[[StopSignals], Coroutine[Any, Any, None]], *, grace_seconds: float) -> None:
    """Run until main returns, on the fastest event loop there is; raises StoppedAtOnce."""

    async def watched() -> None:
        with StopSignals(grace_seconds=grace_seconds) as stop:
            await main(stop)

    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(watched())
    except asyncio.CancelledError:
        raise StoppedAtOnce from None


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # it does not exist for Windows
        return None
    return uvloop.new_event_loop


async def serve(
    app: Gateway,
    *,
    listener: socket.socket,
    settings: Settings,
    stop: asyncio.Event,
    on_ready: Callable[[str], Awaitable[None]],
) -> None:
    """Serve until `stop` is set, then let requests end and say goodbye to every socket.

    `on_ready` is told the URL once requests are answered.
    """
    admission = _admission(settings)
    served = [(_server(app, settings, admission), listener)]
    if settings.metrics_port:
        served.append(_figures(app, settings))
    async with app.lifespan(), asyncio.TaskGroup() as tasks:
        trimming = tasks.create_task(give_back_free_memory(admission), name="free memory")
        for server, each in served:
            tasks.create_task(server.serve(sockets=[each]), name="server")
            await server.listening.wait()
        try:
            await on_ready(url_of(listener))
            await stop.wait()
        finally:
            trimming.cancel()
            await app.leave()
            app.stop()
            for server, _ in served:
                server.stop()


def _server(app: Any, settings: Settings, admission: Admission) -> StoppableServer:
    return StoppableServer(_configuration(app, settings), admission)


def _figures(app: Gateway, settings: Settings) -> tuple[StoppableServer, socket.socket]:
    """The port of figures, apart from the others': what crowds one does not crowd the other."""
    listener = listen(host=settings.metrics_host, port=settings.metrics_port, about="METRICS_")
    admission = Admission(most_in_all=MOST_SCRAPERS, most_of_address=MOST_SCRAPERS)
    names = (settings.metrics_host, *settings.metrics_names)
    return _server(FiguresApp(app.figures(), names=names), settings, admission), listener


def _admission(settings: Settings) -> Admission:
    """As many connections as are allowed and there are files for."""
    return Admission(
        most_in_all=min(settings.connections, most_connections(raise_file_limit())),
        most_of_address=settings.connections_per_address,
        trusted_proxies=settings.trusted_proxies,
    )


def _configuration(app: Any, settings: Settings) -> uvicorn.Config:
    deadlines = RequestDeadlines(
        head_seconds=settings.request_head_timeout_seconds,
        body_seconds=settings.request_body_timeout_seconds,
    )
    return uvicorn.Config(
        app,
        http=cast(Any, partial(HttpProtocol, deadlines=deadlines)),
        ws=WireProtocol,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        ws_max_size=settings.stream_message_limit_bytes,
        ws_per_message_deflate=False,
        lifespan="off",  # `serve` enters it, so that a failure arrives as what it is
        workers=1,
        proxy_headers=False,  # the gateway reads them itself
        timeout_graceful_shutdown=int(settings.shutdown_grace_seconds - CLOSING_SECONDS),
        access_log=False,
        server_header=False,
        log_config=None,
    )
