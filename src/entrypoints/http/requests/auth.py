"""Who calls: the Bearer token is checked before anything else of a request is read."""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler

from application.accounts.access import Caller, CheckAccess
from domain.errors import AccessTokenInvalid
from entrypoints.failures.codes import TOKEN_MISSING
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.refusals import HEADER_MISSING


async def require_caller(
    connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
) -> None:
    """Let only those in whose token is good and whose account exists."""
    if connection.scope.get("method") == "OPTIONS":
        return  # tells which methods there are, nothing of anybody
    token = _bearer_token(connection.headers.get("Authorization"))
    check_access: CheckAccess = await connection.app.dependencies["check_access"]()
    connection.scope["user"] = await check_access(token)


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


def _caller(request: Request[Caller, Any, Any]) -> Caller:
    return request.user


CALLER = {"caller": Provide(_caller, sync_to_thread=False)}
"""The dependency by which a handler behind `require_caller` gets its caller."""
