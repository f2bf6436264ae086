"""Headers that every answer carries, unless it has reason to say another thing there."""

from litestar.types import Message, Scope

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


async def harden(message: Message, _: Scope) -> None:
    """Keep answers out of caches, browsers from guessing types, and addresses from leaking."""
    if message["type"] == "http.response.start":
        headers = list(message["headers"])
        said = {name.lower() for name, _ in headers}
        message["headers"] = [*headers, *(each for each in RAW_HEADERS if each[0] not in said)]
