"""Headers that every answer carries, unless it has reason to say another thing there."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from litestar.datastructures import MutableScopeHeaders
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from entrypoints.protections import RAW_HEADERS
from entrypoints.request_context import RAW_HEADER, request_id_of


async def harden(message: Message, scope: Scope) -> None:
    """Keep answers out of caches, browsers from guessing types, and addresses from leaking.

    A browser that takes an answer of the API for a page runs and shows nothing of it.
    """
    if message["type"] == "http.response.start":
        headers = tuple(message["headers"])
        message["headers"] = [
            *headers,
            (RAW_HEADER, request_id_of(cast(dict[str, Any], scope)).encode()),
            *_unsaid(tuple([name for name, _ in headers])),
        ]


@lru_cache(maxsize=256)
def _unsaid(names: tuple[bytes, ...]) -> Sequence[tuple[bytes, bytes]]:
    """Those headers that an answer with headers of these names lacks; there are few such sets."""
    said = {name.lower() for name in names}
    return [each for each in RAW_HEADERS if each[0] not in said]


def strict_transport(seconds: int) -> BeforeMessageSendHookHandler:
    """Let browsers that came over TLS come over nothing else for so long."""

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start" and scope["scheme"] == "https":
            headers = MutableScopeHeaders(message)
            headers.setdefault("Strict-Transport-Security", f"max-age={seconds}")

    return add
