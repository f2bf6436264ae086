"""A sample of what an account used, translated from Emporia's JSON."""

from collections.abc import Iterable
from datetime import datetime

from adapters.emporia.payloads import DeviceListUsagesPayload, checked
from adapters.emporia.readings import readings_of
from adapters.emporia.usage_document import EmporiaUsageDocument
from domain.emporia.channels import MAINS, Channel
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Document, EnergyUnit, Scale
from domain.errors import EmporiaUnreadable, InvalidInput
from domain.instants import format_instant, parse_instant


def read_usages(document: Document, *, received_at: datetime) -> UsageSample:
    """The sample in a cleaned document; raises EmporiaUnreadable."""
    inner = document.get("deviceListUsages")
    if not isinstance(inner, dict):
        raise EmporiaUnreadable
    payload = checked(inner, DeviceListUsagesPayload)
    try:
        scale, unit = Scale(payload.scale), EnergyUnit(payload.energy_unit)
    except ValueError:
        raise EmporiaUnreadable from None
    seconds = scale.power_seconds(unit)
    return UsageSample(
        instant=_instant(payload.instant),
        scale=scale,
        unit=unit,
        devices=readings_of(payload.devices or (), seconds),
        document=EmporiaUsageDocument(
            {**inner, "devices": inner.get("devices") or []}, seconds=seconds
        ),
        received_at=received_at,
    )


def no_usages(
    *, instant: datetime, scale: Scale, unit: EnergyUnit, received_at: datetime
) -> UsageSample:
    """What Emporia would say of an account that has no devices."""
    told = {
        "instant": format_instant(instant.replace(microsecond=0)),
        "scale": scale.value,
        "energyUnit": unit.value,
    }
    return read_usages({"deviceListUsages": told}, received_at=received_at)


def mains_document(
    gid: int, circuits: Iterable[Channel], *, instant: datetime, usage: float | None
) -> Document:
    """What Emporia would say of a second if it knew the mains of one device and nothing else."""
    channels = [
        _channel(gid, "Main", MAINS, usage=usage, percentage=100.0),
        *(
            _channel(gid, circuit.name, circuit.number, usage=None, percentage=None)
            for circuit in circuits
        ),
    ]
    told = {
        "instant": format_instant(instant),
        "scale": Scale.SECOND.value,
        "energyUnit": EnergyUnit.KILOWATT_HOURS.value,
        "devices": [{"deviceGid": gid, "channelUsages": channels}],
    }
    return {"deviceListUsages": told}


def _channel(
    gid: int, name: str | None, number: str, *, usage: float | None, percentage: float | None
) -> Document:
    return {
        "name": name,
        "usage": usage,
        "deviceGid": gid,
        "channelNum": number,
        "percentage": percentage,
        "nestedDevices": [],
    }


def _instant(text: str) -> datetime:
    """The instant; one that a line of an event could not hold as it is, is none."""
    if text != text.strip():
        raise EmporiaUnreadable
    try:
        return parse_instant(text, name="instant")
    except InvalidInput:
        raise EmporiaUnreadable from None
