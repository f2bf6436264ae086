"""What the port of figures serves: `/metrics`, and nothing else, under names that are ours.

It asks nobody for a token. A page whose own name was made to lead to this machine could read it by
the browser of whoever looks at that page, if it did not look at the name.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from litestar.enums import ScopeType
from litestar.types import Receive, Scope, Send

from entrypoints.failures.bare import bare_answer
from entrypoints.failures.codes import HOST_UNKNOWN, METHOD_NOT_ALLOWED, NOT_FOUND

PATH = "/metrics"
ADDRESS = re.compile(r"\[.*\]|[0-9]+(\.[0-9]+){3}")
"""An address needs no look-up, so nobody else can make it lead here."""

Exposition = Callable[[Any, Any, Any], Awaitable[None]]


class FiguresApp:
    """Lets scrapes through to the exposition and refuses the rest."""

    def __init__(self, exposition: Exposition, *, names: Iterable[str] = ()) -> None:
        self._exposition = exposition
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == ScopeType.WEBSOCKET:
            failure, kind = NOT_FOUND, "websocket.http.response"
        elif not self._is_ours(scope["headers"]):
            failure, kind = HOST_UNKNOWN, "http.response"
        elif scope["path"] != PATH:
            failure, kind = NOT_FOUND, "http.response"
        elif scope["method"] != "GET":
            failure, kind = METHOD_NOT_ALLOWED, "http.response"
        else:
            await self._exposition(scope, receive, send)
            return
        await receive()
        for message in bare_answer(failure, scope, kind=kind):
            await send(message)

    def _is_ours(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether the host asked for is ours; HTTP/1.0, which no browser speaks, may name none."""
        host = next((value.decode("latin-1") for name, value in headers if name == b"host"), "")
        name = re.sub(r":[0-9]*$", "", host.strip()).lower().rstrip(".")
        return not name or name in self._names or ADDRESS.fullmatch(name) is not None
