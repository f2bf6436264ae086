"""What comes in from a socket: messages, or the news that nobody is there any more."""

from collections.abc import Mapping
from typing import Any

from entrypoints.streams.messages import read_message


class ClientLeft(Exception):
    """The other side closed the connection or is gone."""


def message_of(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The object in a message, None where there is none; raises ClientLeft at the end."""
    if event["type"] == "websocket.disconnect":
        raise ClientLeft
    text = event.get("text")
    return read_message(text if isinstance(text, str) else None)
