"""What has happened, as other nodes are told it: which kinds travel, and nothing but ids."""

from dataclasses import replace
from typing import Any

import msgspec

from domain.accounts.events import (
    KeyMade,
    KeyRevoked,
    LoginEnded,
    OtherLoginsEnded,
    PasswordChanged,
    PasswordWasReset,
    UserRemoved,
)
from domain.archive.events import RecordingChosen
from domain.billing.events import PricesChanged
from domain.emporia.events import (
    EmporiaPasswordForgotten,
    LinkDied,
    LinkMade,
    LinkRemoved,
    LinkRenewed,
)
from domain.events import Event

TRAVELLING: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        EmporiaPasswordForgotten,
        KeyMade,
        KeyRevoked,
        LinkDied,
        LinkMade,
        LinkRemoved,
        LinkRenewed,
        LoginEnded,
        OtherLoginsEnded,
        PasswordChanged,
        PasswordWasReset,
        PricesChanged,
        RecordingChosen,
        UserRemoved,
    )
}
"""What ends streams on other nodes, or what they remember or plan."""

_WORDS = {"name": "", "session_name": "", "reason": "", "by": None}
"""What is for the trail of the node where it happened, and no other's to know."""


class Told(msgspec.Struct, array_like=True):
    """An event on its way. `number` is its number among the changes of the storage."""

    node: str
    number: int | None
    kind: str
    event: msgspec.Raw


_TOLD = msgspec.json.Decoder(Told)


def travels(event: Event) -> bool:
    """Whether other nodes have to hear it.

    What another process did, of which nobody knows who, every node finds out by itself.
    """
    return type(event).__name__ in TRAVELLING and getattr(event, "by", "") is not None


def encode(event: Event, *, node: str, number: int | None) -> bytes:
    """The event in bytes."""
    words: dict[str, Any] = {name: each for name, each in _WORDS.items() if hasattr(event, name)}
    bare = msgspec.Raw(msgspec.json.encode(replace(event, **words)))
    return msgspec.json.encode(Told(node, number, type(event).__name__, bare))


def decode(text: bytes) -> tuple[Told, Event | None]:
    """What was told; no event where nobody here knows the kind. Raises msgspec.DecodeError."""
    told = _TOLD.decode(text)
    kind = TRAVELLING.get(told.kind)
    return told, None if kind is None else msgspec.json.decode(told.event, type=kind)
