"""The messages of the stream, both ways."""

from collections.abc import Mapping
from typing import Any

import msgspec

from application.live.feed.outlet import Frame, StreamNotice
from application.live.feed.subscription import DEFAULT_SCALE, DEFAULT_UNIT, Subscription, View
from domain.emporia.devices import LARGEST_GID
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import InvalidInput
from entrypoints.failures import codes
from entrypoints.failures.failure import Failure

LIVE, REPLAY = "live", "replay"
FLOWS, COST = "flows", "cost"
EXTRAS = (FLOWS, COST)
REPLAYED = (Scale.SECOND, EnergyUnit.KILOWATT_HOURS)


class Subscribed(msgspec.Struct, frozen=True, tag_field="type", tag="subscribed", rename="camel"):
    """What is in force now; `devices` null are all of the account's.

    `extras` are told where some were asked for, `mode` of a replay.
    """

    scale: str
    energy_unit: str
    devices: list[int] | None
    extras: list[str] | msgspec.UnsetType = msgspec.UNSET
    mode: str | msgspec.UnsetType = msgspec.UNSET


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


def error_frame(failure: Failure, *, coded: bool) -> str:
    """A failure as it goes over the wire; `coded` once the client has sent `subscribe`."""
    code = failure.code if coded else msgspec.UNSET
    return msgspec.json.encode(Error(failure.sentence, code)).decode()


_PLAIN, _CODED = (
    {
        notice: Frame(error_frame(failure, coded=coded).encode())
        for notice, failure in codes.OF_NOTICES.items()
    }
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
    extras = _extras(message.get("extras"))
    subscription = Subscription(
        scale=Scale.parse(_text(message.get("scale", DEFAULT_SCALE.value))),
        unit=EnergyUnit.parse(_text(message.get("energyUnit", DEFAULT_UNIT.value))),
        view=View(
            gids=_gids(message.get("devices")),
            tells_age=True,
            tells_flows=FLOWS in extras,
        ),
        wants_costs=COST in extras,
        wants_replay=_wants_replay(message.get("mode", LIVE)),
    )
    if subscription.wants_replay and (subscription.scale, subscription.unit) != REPLAYED:
        raise InvalidInput("mode: 'replay' shows scale 1S in energyUnit KilowattHours alone.")
    return subscription


def _extras(extras: object) -> list[str]:
    """What frames are to tell beside; raises InvalidInput naming what they can't."""
    if extras is None:
        return []
    if not isinstance(extras, list):
        raise InvalidInput(f"extras: must be a list; allowed are {', '.join(EXTRAS)}.")
    for extra in extras:
        if extra not in EXTRAS:
            raise InvalidInput(
                f"extras: '{_text(extra)[:40]}' is not known; allowed are {', '.join(EXTRAS)}."
            )
    return extras


def _wants_replay(mode: object) -> bool:
    if mode not in (LIVE, REPLAY):
        raise InvalidInput(
            f"mode: '{_text(mode)[:40]}' is not known; allowed are {LIVE}, {REPLAY}."
        )
    return mode == REPLAY


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
    gids = subscription.shown.gids
    asked = {FLOWS: subscription.view.tells_flows, COST: subscription.wants_costs}
    answer = Subscribed(
        scale=subscription.scale.value,
        energy_unit=subscription.unit.value,
        devices=None if gids is None else sorted(gids),
        extras=[extra for extra in EXTRAS if asked[extra]] or msgspec.UNSET,
        mode=REPLAY if subscription.wants_replay else msgspec.UNSET,
    )
    return msgspec.json.encode(answer).decode()
