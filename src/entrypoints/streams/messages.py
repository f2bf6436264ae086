"""The messages of the stream, both ways."""

from collections.abc import Mapping
from typing import Any

import msgspec

from application.live.outlet import Frame
from application.live.subscription import DEFAULT_SCALE, DEFAULT_UNIT, Subscription, View
from domain.emporia.devices import LARGEST_GID
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import InvalidInput


class Authenticate(msgspec.Struct, frozen=True, tag_field="type", tag="authenticate"):
    """The client proves who it is; sent again, it lets the stream outlive its first token."""

    token: str


class Subscribe(msgspec.Struct, frozen=True, tag_field="type", tag="subscribe", rename="camel"):
    """The client chooses what frames show; what is left out is the default.

    From here on frames also tell their age, in `live`.
    """

    scale: str = DEFAULT_SCALE.value
    energy_unit: str = DEFAULT_UNIT.value
    devices: list[int] | None = None


class Subscribed(msgspec.Struct, frozen=True, tag_field="type", tag="subscribed", rename="camel"):
    """What is in force now; `devices` null are all of the account's."""

    scale: str
    energy_unit: str
    devices: list[int] | None


class Authenticated(msgspec.Struct, frozen=True, tag_field="type", tag="authenticated"):
    """The token is good."""

    message: str = "Authentication successful."


class Error(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """Something is wrong, in one sentence; the stream's documentation says what follows."""

    message: str


class Live(msgspec.Struct, frozen=True, rename="camel"):
    """How fresh a frame is; times are ISO 8601 in UTC, `budgetLeft` null means no limit."""

    sampled_at: str
    received_at: str
    stale: bool
    next_poll_at: str
    budget_left: int | None


class DeviceDataBody(msgspec.Struct, frozen=True, rename="camel"):
    """What every device used, in the shape of `GET /devices/instant`; `live` after `subscribe`."""

    device_list_usages: dict[str, Any]
    live: Live | msgspec.UnsetType = msgspec.UNSET


class DeviceData(msgspec.Struct, frozen=True, tag_field="type", tag="deviceData"):
    """The newest sample, once a second. Written by the FrameEncoder, described here."""

    data: DeviceDataBody


AUTHENTICATED = msgspec.json.encode(Authenticated()).decode()


def error_frame(message: str) -> str:
    """An error as it goes over the wire."""
    return msgspec.json.encode(Error(message)).decode()


POLLS_FAILING = Frame(error_frame("Error fetching device data.").encode())


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
