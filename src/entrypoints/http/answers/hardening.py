"""Headers that every answer carries, unless it has reason to say another thing there."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from entrypoints.protections import RAW_HEADERS


async def harden(message: Message, _: Scope) -> None:
    """Keep answers out of caches, browsers from guessing types, and addresses from leaking.

    A browser that takes an answer of the API for a page runs and shows nothing of it.
    """
    if message["type"] == "http.response.start":
        headers = list(message["headers"])
        said = {name.lower() for name, _ in headers}
        message["headers"] = [*headers, *(each for each in RAW_HEADERS if each[0] not in said)]


def strict_transport(seconds: int) -> BeforeMessageSendHookHandler:
    """Let browsers that came over TLS come over nothing else for so long; 0 says nothing."""

    async def add(message: Message, scope: Scope) -> None:
        if seconds and message["type"] == "http.response.start" and scope["scheme"] == "https":
            headers = MutableScopeHeaders(message)
            headers.setdefault("Strict-Transport-Security", f"max-age={seconds}")

    return add
