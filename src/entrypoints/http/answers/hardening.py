"""Headers that every answer carries, unless it has reason to say another thing there."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def harden(message: Message, _: Scope) -> None:
    """Keep answers out of caches, browsers from guessing types, and addresses from leaking."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
