"""What of Emporia's answers the gateway relies on; any other field passes unseen."""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from domain.emporia.devices import LARGEST_GID
from domain.errors import EmporiaUnreadable

T = TypeVar("T")

Gid = Annotated[int, Meta(ge=1, le=LARGEST_GID)]


class LocationPayload(Struct, rename="camel"):
    """Where a device is; typed loosely, since a home without a good zone is still a home."""

    time_zone: Any = None
    billing_cycle_start_day: Any = None
    usage_cent_per_kw_hour: Any = None
    device_name: Any = None
    zip_code: Any = None
    latitude_longitude: Any = None
    solar: Any = None


class DevicePayload(Struct, rename="camel"):
    """A device in the customer's tree; a sub-device carries its parent's gid.

    What only tells what it is may be of any type: a device that tells nonsense is still one.
    """

    device_gid: Gid
    manufacturer_device_id: Any = None
    model: Any = None
    parent_device_gid: Any = None
    parent_channel_num: Any = None
    primary_vue_gid: Any = None
    location_properties: LocationPayload | None = None
    channels: Any = None
    devices: list["DevicePayload"] | None = None


class CustomerPayload(Struct, rename="camel"):
    """The answer to `/customers/devices`."""

    customer_gid: Gid
    devices: list[DevicePayload] | None = None


class ChannelUsagePayload(Struct, rename="camel"):
    """What one channel used, and the devices behind it."""

    name: str | None = None
    channel_num: str | None = None
    usage: float | None = None
    nested_devices: list["DeviceUsagePayload"] | None = None


class DeviceUsagePayload(Struct, rename="camel"):
    """What one device used, channel by channel."""

    device_gid: Gid
    channel_usages: list[ChannelUsagePayload] | None = None


class DeviceListUsagesPayload(Struct, rename="camel"):
    """The object under `deviceListUsages`."""

    instant: str
    scale: str
    energy_unit: str
    devices: list[DeviceUsagePayload] | None = None


class ChartUsagePayload(Struct, rename="camel"):
    """The answer to `getChartUsage`; without buckets it may lack either."""

    usage_list: list[float | None] | None = None
    first_usage_instant: str | None = None


def checked(value: Any, kind: type[T]) -> T:
    """The value as a payload of this kind; raises EmporiaUnreadable."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise EmporiaUnreadable from None
