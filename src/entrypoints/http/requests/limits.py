"""Slows down whoever tries passwords: a count of costly calls for each client's network."""

from collections.abc import Callable

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Middleware, Receive, Scope, Send

from application.ports.accounts.call_limits import CallLimit
from entrypoints.http.requests.visitors import network_in

COSTLY = "costly"
"""The key in a route's `opt` that puts it under the limit: it hashes a password, or signs in."""


def account_limiter(limit: Callable[[], CallLimit]) -> Middleware:
    """Refuse a network that makes more costly calls a minute, all such routes together."""

    def limited(app: ASGIApp) -> ASGIApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == ScopeType.HTTP and scope["route_handler"].opt.get(COSTLY):
                await limit().count(network_in(scope))
            await app(scope, receive, send)

        return handle

    return limited
