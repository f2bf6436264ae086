"""The live stream at the root path."""

from dataclasses import dataclass
from typing import Any

from litestar import WebSocket, websocket
from litestar.di import NamedDependency

from application.stream_usage import StreamUsage
from entrypoints.websocket.conversation import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamLimits:
    """How long a client may take to authenticate."""

    authentication_seconds: float


@websocket("/")
async def stream(
    socket: WebSocket[Any, Any, Any],
    stream_usage: NamedDependency[StreamUsage],
    stream_limits: NamedDependency[StreamLimits],
) -> None:
    """Hold one conversation of the streaming protocol."""
    conversation = Conversation(
        socket, stream_usage, authentication_seconds=stream_limits.authentication_seconds
    )
    await conversation.run()
