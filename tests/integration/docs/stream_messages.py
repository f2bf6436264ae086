"""Messages that the code reads and writes without classes, as they are described."""

from typing import Any

import msgspec

from application.live.feed.subscription import DEFAULT_SCALE, DEFAULT_UNIT
from entrypoints.streams.messages import LIVE


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
    extras: list[str] | msgspec.UnsetType = msgspec.UNSET
    mode: str = LIVE


class HomeMinute(msgspec.Struct, frozen=True, rename="camel"):
    """A home's figures in the minute that ends at `sampledAt`, each an average of it."""

    sampled_at: str
    watts: float | None
    grid_watts: float | None
    solar_watts: float | None
    battery_watts: float | None


class BatteryChannel(msgspec.Struct, frozen=True, rename="camel"):
    """A channel by which a battery charges and gives."""

    gid: int
    channel: str


class HomeFlow(msgspec.Struct, frozen=True, rename="camel"):
    """What goes which way in a home, each 0 or more; null is unknown."""

    import_watts: float | None
    export_watts: float | None
    generation_watts: float | None
    self_use_watts: float | None
    battery_in_watts: float | None
    battery_out_watts: float | None
    consumption_watts: float | None


class Home(msgspec.Struct, frozen=True, rename="camel"):
    """What one home uses, and from where; null is unknown."""

    name: str | None
    device_gids: list[int]
    grid_gids: list[int]
    watts: float | None
    grid_watts: float | None
    solar_watts: float | None
    battery_watts: float | None
    has_solar: bool
    has_battery: bool
    battery_channels: list[BatteryChannel]
    silent_gids: list[int]
    newest_minute: HomeMinute | msgspec.UnsetType = msgspec.UNSET
    flows: HomeFlow | msgspec.UnsetType = msgspec.UNSET


class PricedBy(msgspec.Struct, frozen=True, rename="camel"):
    """Whose the tariff is: one of the user's `own`, or the price that `emporia` was told."""

    source: str
    name: str


class CostPrice(msgspec.Struct, frozen=True, rename="camel"):
    """The price of a kWh that is taken now, and the line of the bill that it stands on."""

    per_kwh: str
    line: str


class CostSoFar(msgspec.Struct, frozen=True, rename="camel"):
    """What has come together since `start`; null is unknown."""

    start: str
    amount: str | None
    coverage: float


class CostPeak(msgspec.Struct, frozen=True, rename="camel"):
    """The highest mean of a quarter hour, which begins at `at`."""

    kilowatts: float
    at: str
    is_billed: bool


class HomeCost(msgspec.Struct, frozen=True, rename="camel"):
    """What a home costs, worked out at `at`."""

    device_gids: list[int]
    at: str
    currency: str
    tariff: str | None
    priced_by: PricedBy
    price: CostPrice | None
    today: CostSoFar
    bill: CostSoFar
    peak: CostPeak | None


class Live(msgspec.Struct, frozen=True, rename="camel"):
    """How fresh a frame is; times are ISO 8601 in UTC, `budgetLeft` null means no limit."""

    sampled_at: str
    received_at: str
    stale: bool
    next_poll_at: str
    budget_left: int | None
    home: list[Home] | msgspec.UnsetType = msgspec.UNSET
    cost: list[HomeCost] | msgspec.UnsetType | None = msgspec.UNSET
    quality: str | msgspec.UnsetType = msgspec.UNSET
    age_seconds: int | msgspec.UnsetType = msgspec.UNSET


class DeviceDataBody(msgspec.Struct, frozen=True, rename="camel"):
    """What every device used, in the shape of `GET /devices/instant`; `live` after `subscribe`."""

    device_list_usages: dict[str, Any]
    live: Live | msgspec.UnsetType = msgspec.UNSET


class DeviceData(msgspec.Struct, frozen=True, tag_field="type", tag="deviceData"):
    """The newest sample, once a second. Written by the FrameEncoder, described here."""

    data: DeviceDataBody
