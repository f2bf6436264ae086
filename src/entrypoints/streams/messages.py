"""The messages of the stream, both ways."""

from collections.abc import Mapping
from typing import Any

import msgspec

from application.live.outlet import Frame, StreamNotice
from application.live.subscription import DEFAULT_SCALE, DEFAULT_UNIT, Subscription, View
from domain.emporia.devices import LARGEST_GID
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import InvalidInput
from entrypoints.failures import codes


class Subscribed(msgspec.Struct, frozen=True, tag_field="type", tag="subscribed", rename="camel"):
    """What is in force now; `devices` null are all of the account's."""

    scale: str
    energy_unit: str
    devices: list[int] | None


class Authenticated(msgspec.Struct, frozen=True, tag_field="type", tag="authenticated"):
    """The token is good."""

    message: str = "Authentication successful."


class Error(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """Something is wrong, in one sentence; with its code for whoever has sent `subscribe`."""

    message: str
    code: str | msgspec.UnsetType = msgspec.UNSET


AUTHENTICATED = msgspec.json.encode(Authenticated()).decode()


AUTHENTICATE_FIRST = msgspec.json.encode(Error("Please authenticate first.")).decode()
"""It comes before `subscribe` can, so it needs no code."""


def error_frame(failure: codes.Failure, *, coded: bool) -> str:
    """A failure as it goes over the wire; `coded` once the client has sent `subscribe`."""
    code = failure.code if coded else msgspec.UNSET
    return msgspec.json.encode(Error(failure.sentence, code)).decode()


_PLAIN, _CODED = (
    {StreamNotice.POLLS_FAILING: Frame(error_frame(codes.POLLS_FAILING, coded=coded).encode())}
    for coded in (False, True)
)


def notice_frame(notice: StreamNotice, *, coded: bool) -> Frame:
    """A notice as it goes over the wire, built once for all streams."""
    return (_CODED if coded else _PLAIN)[notice]


def read_message(text: str | None) -> Mapping[str, Any] | None:
    """The object a client sent; None for a binary frame, and for what is no JSON object."""
    if text is None:
        return None
    try:
        message = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def read_subscription(message: Mapping[str, Any]) -> Subscription:
    """What a `subscribe` message asks for; raises InvalidInput naming what can't be."""
    return Subscription(
        scale=Scale.parse(_text(message.get("scale", DEFAULT_SCALE.value))),
        unit=EnergyUnit.parse(_text(message.get("energyUnit", DEFAULT_UNIT.value))),
        view=View(gids=_gids(message.get("devices")), tells_age=True),
    )


def _text(value: object) -> str:
    """The value as its sender wrote it, to be named where it can't be."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _gids(devices: object) -> frozenset[int] | None:
    if devices is None:
        return None
    if not isinstance(devices, list):
        raise InvalidInput("devices: must be a list of device gids.")
    for gid in devices:
        if type(gid) is not int or not 0 < gid <= LARGEST_GID:
            raise InvalidInput(f"devices: '{_text(gid)[:40]}' is not a device gid.")
    return frozenset(devices)


def subscribed_frame(subscription: Subscription) -> str:
    """The answer to a subscription, as it goes over the wire."""
    gids = subscription.view.gids
    answer = Subscribed(
        scale=subscription.scale.value,
        energy_unit=subscription.unit.value,
        devices=None if gids is None else sorted(gids),
    )
    return msgspec.json.encode(answer).decode()
