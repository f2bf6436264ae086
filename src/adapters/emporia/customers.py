"""A customer and the devices of their homes, translated from Emporia's JSON."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.emporia.payloads import CustomerPayload, DevicePayload, LocationPayload, checked
from domain.emporia.channels import MAINS, Channel, role_of
from domain.emporia.devices import Address, Customer, Device, Location
from domain.emporia.homes import homes_of
from domain.emporia.kinds import kind_of
from domain.emporia.links import AccountId
from domain.emporia.usage import Document


def read_customer(document: Document, *, received_at: datetime) -> Customer:
    """The customer in a cleaned document; raises EmporiaUnreadable."""
    payload = checked(document, CustomerPayload)
    devices = tuple(_device(device) for device in payload.devices or ())
    return Customer(
        account=AccountId(payload.customer_gid),
        document={**document, "devices": document.get("devices") or []},
        devices=devices,
        received_at=received_at,
        homes=homes_of(devices),
    )


def _device(payload: DevicePayload) -> Device:
    channels = _channels(payload.channels)
    inner = tuple(_device(device) for device in payload.devices or ())
    same = (device for device in inner if device.gid == payload.device_gid)
    expanded = (channel for expansion in same for channel in expansion.channels)
    location = payload.location_properties
    return Device(
        gid=payload.device_gid,
        kind=kind_of(
            _text(payload.model),
            _text(payload.manufacturer_device_id),
            has_circuits=any(channel.number != MAINS for channel in (*channels, *expanded)),
        ),
        name=_text(location.device_name) if location else None,
        location=_location(location),
        parent=_number(payload.parent_device_gid),
        parent_channel=_text(payload.parent_channel_num),
        feeder=_number(payload.parent_device_gid) or _number(payload.primary_vue_gid),
        has_sun=location is not None and location.solar is True,
        channels=channels,
        devices=inner,
    )


def _channels(listed: Any) -> tuple[Channel, ...]:
    """The channels that make sense; a strange one does not hide the others."""
    return tuple(
        _channel(each, number)
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and (number := _text(each.get("channelNum")))
    )


def _channel(told: Document, number: str) -> Channel:
    """A channel of the list. A clamp knows a direction only where its type says so.

    The type of a merged circuit says nothing of it (`Merged`), and the mains always know it.
    """
    kind = _text(told.get("type")) or ""
    return Channel(
        number=number,
        name=_text(told.get("name")),
        role=role_of(_number(told.get("channelTypeGid"))),
        is_merged=told.get("parentChannelNum") is not None,
        has_sign=kind in ("", "Main", "Merged") or kind.endswith("Bidirectional"),
    )


def _location(payload: LocationPayload | None) -> Location | None:
    if payload is None or not isinstance(payload.time_zone, str):
        return None
    try:
        zone = ZoneInfo(payload.time_zone)
    except (LookupError, ValueError, OSError):
        return None
    day = payload.billing_cycle_start_day
    cents = payload.usage_cent_per_kw_hour
    return Location(
        zone,
        day if type(day) is int and 1 <= day <= 31 else 1,
        _address(payload),
        float(cents) if type(cents) in (int, float) else None,
    )


def _address(payload: LocationPayload) -> Address:
    place = payload.latitude_longitude
    told = place if isinstance(place, dict) else {}
    return Address(
        zip_code=_text(payload.zip_code),
        latitude=_degrees(told.get("latitude")),
        longitude=_degrees(told.get("longitude")),
    )


def _degrees(value: Any) -> float | None:
    """Rounded to about a kilometre: each device of a home was located by itself."""
    return round(float(value), 2) if type(value) in (int, float) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return value if type(value) is int else None
