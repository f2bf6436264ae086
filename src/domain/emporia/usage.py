"""Energy used: scales, units, and the samples and series that Emporia answers with.

`Document` is Emporia's own JSON, passed on as it is so that fields nobody here knows survive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from domain.errors import InvalidInput

Document = Mapping[str, Any]

E = TypeVar("E", bound=Enum)


class Scale(Enum):
    """The width of a bucket, in Emporia's spelling."""

    SECOND = "1S"
    MINUTE = "1MIN"
    QUARTER_HOUR = "15MIN"
    HOUR = "1H"
    DAY = "1D"
    WEEK = "1W"
    MONTH = "1MON"
    YEAR = "1Y"

    @classmethod
    def parse(cls, text: str) -> "Scale":
        """Read a scale; case matters, as it does to Emporia. Raises InvalidInput."""
        return _parse(cls, text, name="scale")

    @property
    def seconds(self) -> int | None:
        """The width in seconds, None where the calendar decides it (a day and wider)."""
        return _SECONDS.get(self)

    def watts(self, kwh: float | None) -> float | None:
        """The mean power, in watts, of so many kWh in one bucket; None stays None.

        Raises InvalidInput for scales whose buckets differ in length.
        """
        if self.seconds is None:
            raise InvalidInput(f"scale: a {self.value} bucket has no fixed length to divide by.")
        return None if kwh is None else kwh * 3_600_000 / self.seconds


_SECONDS = {Scale.SECOND: 1, Scale.MINUTE: 60, Scale.QUARTER_HOUR: 900, Scale.HOUR: 3600}


class EnergyUnit(Enum):
    """What usage is counted in, in Emporia's spelling."""

    KILOWATT_HOURS = "KilowattHours"
    DOLLARS = "Dollars"
    AMP_HOURS = "AmpHours"
    TREES = "Trees"
    GALLONS_OF_GAS = "GallonsOfGas"
    MILES_DRIVEN = "MilesDriven"
    CARBON = "Carbon"
    VOLTAGE = "Voltage"

    @classmethod
    def parse(cls, text: str) -> "EnergyUnit":
        """Read a unit; case matters, as it does to Emporia. Raises InvalidInput."""
        return _parse(cls, text, name="energyUnit")


def _parse(kind: type[E], text: str, *, name: str) -> E:
    try:
        return kind(text)
    except ValueError:
        allowed = ", ".join(str(member.value) for member in kind)
        raise InvalidInput(f"{name}: '{text[:40]}' is not known; allowed are {allowed}.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSample:
    """What every device of an account used, in the bucket that ends at an instant.

    `document` is the object under Emporia's `deviceListUsages`; a usage of null means that no
    data has come yet, which is not zero.
    """

    document: Document
    received_at: datetime

    def only(self, gids: frozenset[int] | None) -> Document:
        """The document with the named devices alone; None means all of them.

        A nested device shows inside its parent channel where the parent is named too, and
        at the top level where it is not.
        """
        if gids is None:
            return self.document
        picked: list[Document] = []
        for device in self.document["devices"]:
            picked.extend(_pick(device, gids))
        return {**self.document, "devices": picked}


def _pick(device: Document, gids: frozenset[int]) -> list[Document]:
    """This device with its named nested ones inside, or those alone where it is not named."""
    loose: list[Document] = []
    channels: list[Document] = []
    for channel in device.get("channelUsages") or ():
        nested: list[Document] = []
        for inner in channel.get("nestedDevices") or ():
            nested.extend(_pick(inner, gids))
        loose.extend(nested)
        channels.append({**channel, "nestedDevices": nested})
    if device["deviceGid"] in gids:
        return [{**device, "channelUsages": channels}]
    return loose


def with_watts(device_list_usages: Document) -> Document:
    """The same document with `watts` beside each `usage`, where a bucket is a power.

    That is at 1S and 1MIN in kWh, whose buckets are complete when they are told; the total of a
    bucket that still grows is no power, and comes back as it was.
    """
    scale = Scale(device_list_usages["scale"])
    in_kwh = device_list_usages["energyUnit"] == EnergyUnit.KILOWATT_HOURS.value
    if scale not in (Scale.SECOND, Scale.MINUTE) or not in_kwh:
        return device_list_usages
    devices = [_device_with_watts(device, scale) for device in device_list_usages["devices"]]
    return {**device_list_usages, "devices": devices}


def _device_with_watts(device: Document, scale: Scale) -> Document:
    channels = [
        {
            **channel,
            "watts": scale.watts(channel.get("usage")),
            "nestedDevices": [
                _device_with_watts(nested, scale) for nested in channel.get("nestedDevices") or ()
            ],
        }
        for channel in device.get("channelUsages") or ()
    ]
    return {**device, "channelUsages": channels}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartUsage:
    """A series of buckets of one width; value i covers the i-th bucket from the first instant.

    None stands for a gap in the data, which is not zero. Without any bucket Emporia names no
    first instant either.
    """

    first_usage_instant: datetime | None
    usages: Sequence[float | None]
