"""The messages of the stream, both ways."""

from collections.abc import Mapping
from typing import Any

import msgspec


class Authenticate(msgspec.Struct, frozen=True, tag_field="type", tag="authenticate"):
    """The client proves who it is; sent again, it lets the stream outlive its first token."""

    token: str


class Authenticated(msgspec.Struct, frozen=True, tag_field="type", tag="authenticated"):
    """The token is good."""

    message: str = "Authentication successful."


class Error(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """Something is wrong, in one sentence; the stream's documentation says what follows."""

    message: str


class DeviceDataBody(msgspec.Struct, frozen=True, rename="camel"):
    """What every device used, in the shape of `GET /devices/instant`."""

    device_list_usages: dict[str, Any]


class DeviceData(msgspec.Struct, frozen=True, tag_field="type", tag="deviceData"):
    """The newest sample, once a second. Written by the FrameEncoder, described here."""

    data: DeviceDataBody


AUTHENTICATED = msgspec.json.encode(Authenticated()).decode()


def error_frame(message: str) -> str:
    """An error as it goes over the wire."""
    return msgspec.json.encode(Error(message)).decode()


def read_message(text: str | None) -> Mapping[str, Any] | None:
    """The object a client sent; None for a binary frame, and for what is no JSON object."""
    if text is None:
        return None
    try:
        message = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
