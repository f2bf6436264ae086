"""The devices that a limited API key may see, in the words of the whole list."""

from collections.abc import Iterable
from typing import Any

from domain.emporia.devices import Device


def limited_devices(devices: Iterable[Device]) -> dict[str, Any]:
    """Gids, channels and names, and nothing else of whose they are, where and what."""
    return {"devices": [_device(device) for device in devices]}


def _device(device: Device) -> dict[str, Any]:
    told: dict[str, Any] = {
        "deviceGid": device.gid,
        "channels": [
            {"deviceGid": device.gid, "channelNum": channel.number, "name": channel.name}
            for channel in device.channels
        ],
        "devices": [_device(inner) for inner in device.devices],
    }
    if device.name is not None:
        told["locationProperties"] = {"deviceName": device.name}
    return told
