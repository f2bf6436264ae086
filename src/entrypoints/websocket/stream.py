"""The live stream at the root path, as an ASGI application of its own.

Litestar's WebSocket handler would cost each idle socket some 4 KB that nothing here needs. For
the same reason this is no coroutine itself: it would wait along with the conversation.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar.types import Receive, Scope, Send

from application.live.stream_usage import StreamUsage
from entrypoints.failures.bare import bare_answer
from entrypoints.failures.codes import NOT_FOUND
from entrypoints.visits import visit_in
from entrypoints.websocket.conversation import Conversation
from entrypoints.websocket.wire import wire_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamLimits:
    """How long a client may take to authenticate, and how long not to read."""

    authentication_seconds: float
    patience_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamApp:
    """Accepts sockets at `/` and holds one conversation with each."""

    stream_usage: Callable[[], StreamUsage]
    limits: StreamLimits

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Serve one WebSocket connection; there is nothing at other paths than `/`."""
        if scope["path"] != "/":
            return _refuse(scope, receive, send)
        conversation = Conversation(
            receive,
            send,
            self.stream_usage(),
            wire=wire_of(scope),
            visit_of=partial(visit_in, scope),
            authentication_seconds=self.limits.authentication_seconds,
            patience_seconds=self.limits.patience_seconds,
        )
        return conversation.run()


async def _refuse(scope: Scope, receive: Receive, send: Any) -> None:
    """Answer as REST does, by the ASGI extension for that."""
    await receive()
    for message in bare_answer(NOT_FOUND, scope, kind="websocket.http.response"):
        await send(message)
