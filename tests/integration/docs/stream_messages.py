"""Messages that the code reads and writes without classes, as they are described."""

from typing import Any

import msgspec

from application.live.subscription import DEFAULT_SCALE, DEFAULT_UNIT


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
