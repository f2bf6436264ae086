"""What of Emporia's answers the gateway relies on; any other field passes unseen."""

from datetime import datetime
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from domain.emporia.devices import LARGEST_GID, Customer, Device, Location
from domain.emporia.links import AccountId
from domain.emporia.usage import ChartUsage, Document, UsageSample
from domain.errors import EmporiaUnreadable, InvalidInput
from domain.instants import parse_instant

T = TypeVar("T")

Gid = Annotated[int, Meta(ge=1, le=LARGEST_GID)]


class LocationPayload(Struct, rename="camel"):
    """Where a device is; typed loosely, since a home without a good zone is still a home."""

    time_zone: Any = None
    billing_cycle_start_day: Any = None


class DevicePayload(Struct, rename="camel"):
    """A device in the customer's tree; a sub-device carries its parent's gid."""

    device_gid: Gid
    location_properties: LocationPayload | None = None
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

    instant: str | None = None
    scale: str | None = None
    energy_unit: str | None = None
    devices: list[DeviceUsagePayload] | None = None


class ChartUsagePayload(Struct, rename="camel"):
    """The answer to `getChartUsage`; without buckets it may lack the instant."""

    usage_list: list[float | None]
    first_usage_instant: str | None = None


def read_customer(document: Document, *, received_at: datetime) -> Customer:
    """The customer in a cleaned document; raises EmporiaUnreadable."""
    payload = _checked(document, CustomerPayload)
    return Customer(
        account=AccountId(payload.customer_gid),
        document={**document, "devices": document.get("devices") or []},
        devices=_devices(payload.devices),
        received_at=received_at,
    )


def read_usages(document: Document, *, received_at: datetime) -> UsageSample:
    """The sample in a cleaned document; raises EmporiaUnreadable."""
    inner = document.get("deviceListUsages")
    if not isinstance(inner, dict):
        raise EmporiaUnreadable
    _checked(inner, DeviceListUsagesPayload)
    return UsageSample(
        document={**inner, "devices": inner.get("devices") or []}, received_at=received_at
    )


def read_chart(document: Document) -> ChartUsage:
    """The series in a document; raises EmporiaUnreadable."""
    payload = _checked(document, ChartUsagePayload)
    if payload.first_usage_instant is None:
        if payload.usage_list:
            raise EmporiaUnreadable
        return ChartUsage(first_usage_instant=None, usages=[])
    try:
        first = parse_instant(payload.first_usage_instant, name="firstUsageInstant")
    except InvalidInput:
        raise EmporiaUnreadable from None
    return ChartUsage(first_usage_instant=first, usages=payload.usage_list)


def _checked(value: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise EmporiaUnreadable from None


def _devices(payloads: list[DevicePayload] | None) -> tuple[Device, ...]:
    return tuple(
        Device(
            gid=payload.device_gid,
            location=_location(payload.location_properties),
            devices=_devices(payload.devices),
        )
        for payload in payloads or ()
    )


def _location(payload: LocationPayload | None) -> Location | None:
    if payload is None or not isinstance(payload.time_zone, str):
        return None
    try:
        zone = ZoneInfo(payload.time_zone)
    except (LookupError, ValueError, OSError):
        return None
    day = payload.billing_cycle_start_day
    return Location(zone, day if type(day) is int and 1 <= day <= 31 else 1)
