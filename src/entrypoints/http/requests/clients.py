"""Which client app calls where people sign up and log in: looked at before the body is read."""

import base64
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from application.accounts.tenants.identify_client import ClientCredentials, IdentifyClient
from domain.accounts.tenants import TenantId, TenantSecret
from entrypoints.http.requests.auth import authorization_in

LONGEST_HEADER = 1024
"""What is longer is none of ours, and is not looked at."""

ClientRequest = Request[Any, TenantId | None, Any]
"""What a handler behind `require_client` takes as `request`: its `auth` is the tenant."""


def require_client(app: ASGIApp) -> ASGIApp:
    """Let only client apps in that are known, and those that say nothing where they may."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] != "OPTIONS":
            identify: IdentifyClient = await scope["litestar_app"].dependencies["identify_client"]()
            header = authorization_in(scope["headers"])
            if header is None:
                scope["auth"] = identify.without_credentials()
            else:
                scope["auth"] = await identify(credentials_in(header))
        await app(scope, receive, send)

    return handle


def credentials_in(header: str) -> ClientCredentials | None:
    """What HTTP's Basic scheme says; None for another scheme, and for what can't be read."""
    scheme, _, told = header.strip().partition(" ")
    if scheme.lower() != "basic" or len(header) > LONGEST_HEADER:
        return None
    try:
        text = base64.b64decode(told.strip(), validate=True).decode()
    except ValueError:
        return None
    api_key, colon, secret = text.partition(":")
    return ClientCredentials(api_key=api_key, secret=TenantSecret(secret)) if colon else None
