"""What the device list tells of a home, and frames do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.emporia.usage import Document

SOLAR_TYPE = 13
"""Emporia's type of a circuit that brings what the sun gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHome:
    """The names that people gave their devices, by gid, and the circuits that solar comes from."""

    names: Mapping[int, str] = field(default_factory=dict)
    solar: frozenset[str] = frozenset()

    @classmethod
    def read(cls, devices: list[Document]) -> "KnownHome":
        """Read Emporia's list of devices."""
        everything = tuple(_walk(devices))
        return cls(
            names={
                device["deviceGid"]: name
                for device in everything
                if (name := (device.get("locationProperties") or {}).get("deviceName"))
            },
            solar=frozenset(
                circuit_key(channel["deviceGid"], channel["channelNum"])
                for device in everything
                for channel in device.get("channels") or ()
                if channel.get("channelTypeGid") == SOLAR_TYPE
                and channel.get("parentChannelNum")
                is None  # the merged circuit has its legs' power
            ),
        )


def circuit_key(gid: int, number: str) -> str:
    """Names a circuit among all of a home's."""
    return f"{gid}/{number}"


def _walk(devices: list[Document]) -> Iterator[Document]:
    for device in devices:
        yield device
        yield from _walk(device.get("devices") or [])
