"""The application as an ASGI server sees it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from dependency_injector import providers
from litestar import Litestar
from litestar.config.cors import CORSConfig
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import Receive, Scope, Send

from entrypoints.composition import Container, connect_listeners, join_cluster, leave_cluster
from entrypoints.failures.bare import bare_answer
from entrypoints.failures.codes import ADDRESS_TOO_LONG
from entrypoints.http.answers.errors import EXCEPTION_HANDLERS
from entrypoints.http.answers.hardening import strict_transport
from entrypoints.http.answers.timing import begin_timing, note_time_in
from entrypoints.http.application import Application, NoEvents
from entrypoints.http.page.openapi import OPENAPI_CONFIG
from entrypoints.http.requests.cross_site import cross_site_guard
from entrypoints.http.requests.dependencies import asked_for, from_container
from entrypoints.http.requests.heads import as_get
from entrypoints.http.requests.limits import account_limiter
from entrypoints.http.routes import BEFORE_SEND, ROUTES
from entrypoints.proxies import TrustedProxies
from entrypoints.request_context import HEADER, NO_REQUEST, begin_request, begin_socket
from entrypoints.serving.lasting import Work, lasting
from entrypoints.serving.request_measure import MOST_ADDRESS_BYTES
from entrypoints.settings import Settings
from entrypoints.websocket.stream import StreamApp

READABLE_HEADERS = ["Age", "Allow", "Retry-After", "WWW-Authenticate", HEADER]
"""What a page of an allowed origin may read beside the few headers that any may."""

CARE_AFTER_SECONDS = 2.0
"""How long after a start the recorder begins, and whoever looks once an hour for what is too old.

What they load and ask takes half as long as a start. Before that the first health check is
answered, and viewers whose stream broke with a restart are back."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """REST and the stream on one port."""

    rest: Litestar
    stream: StreamApp
    proxies: TrustedProxies
    stopping: asyncio.Event
    times_calls: bool
    figures: Callable[[], Any]
    """Makes the application that answers scrapes."""
    leave: Callable[[], Awaitable[None]]
    """Hands over to other nodes what they can go on with; to be awaited before `stop`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket."""
        request = NO_REQUEST
        try:
            self.proxies.apply(cast(dict[str, Any], scope))
            if scope["type"] == ScopeType.WEBSOCKET:
                begin_socket(cast(dict[str, Any], scope))
                await self.stream(scope, receive, send)
                return
            if scope["type"] == ScopeType.HTTP:
                request = begin_request(cast(dict[str, Any], scope))
                if self.times_calls:
                    begin_timing(cast(dict[str, Any], scope))
                # Our own server has looked already; under another this is the only look.
                path = scope["raw_path"] or scope["path"]
                if len(path) + len(scope["query_string"]) > MOST_ADDRESS_BYTES:
                    for message in bare_answer(ADDRESS_TOO_LONG, scope):
                        await send(message)
                    return
                if scope["method"] == "HEAD":
                    scope = as_get(scope)
            await self.rest(scope, receive, send)
        except asyncio.CancelledError:
            # Whoever cancels while we stop has answered; to the server it would be a bug of ours.
            if not self.stopping.is_set():
                raise
        finally:
            request.clear()

    def lifespan(self) -> AbstractAsyncContextManager[None]:
        """Own what runs beside the requests while entered, then close what was opened."""
        return self.rest.lifespan()

    def stop(self) -> None:
        """Let answers that go on without end come to theirs; sockets are the server's to close."""
        self.stopping.set()


def create_gateway(container: Container) -> Gateway:
    """All that a server serves, made of what the container holds."""
    stream = StreamApp(stream_usage=container.stream_usage, limits=container.stream_limits())
    settings: Settings = container.settings()
    return Gateway(
        create_app(container),
        stream,
        proxies=TrustedProxies(settings.trusted_proxies),
        stopping=container.stopping(),
        times_calls=container.call_times().counts_calls,
        figures=container.exposition,
        leave=partial(leave_cluster, container),
    )


def create_app(container: Container) -> Litestar:
    """The REST side of the gateway."""
    settings: Settings = container.settings()
    times = container.call_times()
    return Application(
        ROUTES,
        dependencies=_use_cases(container),
        exception_handlers=EXCEPTION_HANDLERS,
        middleware=[
            cross_site_guard(settings.cors_origins),
            account_limiter(container.account_calls),
        ],
        before_send=[
            *BEFORE_SEND,
            *([strict_transport(settings.hsts_seconds)] if settings.hsts_seconds else []),
            *([note_time_in(times)] if times.counts_calls else []),
        ],
        cors_config=_cors(settings.cors_origins),
        openapi_config=OPENAPI_CONFIG,
        event_emitter_backend=NoEvents,
        request_max_body_size=settings.body_limit_bytes,
        lifespan=[lambda _: _running(container)],
        logging_config=None,
    )


def _cors(origins: Sequence[str]) -> CORSConfig | None:
    """Whose pages may read answers; nothing where none may, for looking costs each request."""
    if not origins:
        return None
    return CORSConfig(allow_origins=list(origins), expose_headers=READABLE_HEADERS)


def _use_cases(container: Container) -> dict[str, Provide]:
    """What handlers ask for by name, of all that a room's container makes anew each time."""
    asked = asked_for(ROUTES)
    return {
        name: from_container(provider)
        for name, provider in container.providers.items()
        if name in asked and isinstance(provider, providers.Factory)
    }


@asynccontextmanager
async def _running(container: Container) -> AsyncIterator[None]:
    """Own what runs beside the requests, and close what was opened."""
    async with container.resources():
        membership = await join_cluster(container)
        connect_listeners(container)
        works = _works(container)
        if membership is not None:
            works += membership.works()
        tasks = [lasting(work, name) for work, name in works]
        tasks += [
            lasting(work, name, after_seconds=CARE_AFTER_SECONDS) for work, name in _care(container)
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _works(container: Container) -> list[tuple[Work, str]]:
    """What somebody may wait for as soon as the gateway listens."""
    return [
        (container.stream_usage().run, "expired streams"),
        (container.notice_foreign_changes().run, "foreign changes"),
        (container.wipe_erased().run, "what was erased"),
        (container.forget_passwords().run, "kept passwords"),
        (container.utility_uploads().clear, "left utility files"),
        (container.run_imports().run, "imports"),
    ]


def _care(container: Container) -> list[tuple[Work, str]]:
    """What takes hours or days, so that a moment more or less is nothing to it."""
    care: list[tuple[Work, str]] = [
        (container.forget_unlinked().run, "what has served"),
        (container.keep_trail().run, "old lines of the trail"),
        (container.forget_archives().run, "archives of nobody"),
        (container.forget_utility_readings().run, "utility readings of nobody"),
    ]
    if container.settings().recorder:
        care.append((container.record().run, "recorder"))
    return care
