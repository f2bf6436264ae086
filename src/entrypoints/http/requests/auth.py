"""Who calls: the Bearer token is checked before anything else of a request is read."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.handlers.base import BaseRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from application.accounts.access import Caller
from application.accounts.check_access import CheckAccess
from domain.accounts.errors import KeyNotAllowed
from domain.accounts.keys import ApiKey
from domain.errors import AccessTokenInvalid
from entrypoints.failures.codes import TOKEN_MISSING
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.refusals import HEADER_MISSING
from entrypoints.visits import visit_in

KEY_SCOPE = "key_scope"
"""The key in a route's `opt` of the scope that opens it to an API key."""

CallerRequest = Request[Caller, Any, Any]
"""What a handler behind `require_caller` takes as `request`: its `user` is the caller.

No dependency, for Litestar starts a task group as soon as a handler has two of them.
"""


def require_caller(app: ASGIApp) -> ASGIApp:
    """Let only those in whose token is good and whose account exists.

    A middleware, for Litestar copies the whole route handler to call a guard.
    """

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        # OPTIONS tells which methods there are, nothing of anybody.
        if scope["type"] == ScopeType.HTTP and scope["method"] != "OPTIONS":
            token = _bearer_token(authorization_in(scope["headers"]))
            check_access: CheckAccess = await scope["litestar_app"].dependencies["check_access"]()
            caller = await check_access(token, partial(visit_in, scope))
            if caller.key is not None:
                _require_scope(caller.key, scope["route_handler"])
            scope["user"] = caller
        await app(scope, receive, send)

    return handle


def _require_scope(key: ApiKey, route: BaseRouteHandler) -> None:
    """Raise KeyNotAllowed, also where the route names no scope: then it is closed to every key."""
    if route.opt.get(KEY_SCOPE) not in key.scopes:
        raise KeyNotAllowed


def authorization_in(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """What the first such header says, None without one."""
    for name, value in headers:
        if name == b"authorization":
            return value.decode("latin-1")
    return None


def _bearer_token(header: str | None) -> str:
    if header is None:
        raise Refusal(HEADER_MISSING)
    match header.split():
        case [] | [_]:
            raise Refusal(TOKEN_MISSING)
        case [scheme, token] if scheme.lower() == "bearer":
            return token
        case _:
            raise AccessTokenInvalid
