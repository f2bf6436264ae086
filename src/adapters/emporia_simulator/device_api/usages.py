"""The two answers of `/AppAPI`: every channel of many devices at one instant, or one channel over
a range."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.emporia_simulator.homes.energy.buckets import CLOCK_SECONDS
from adapters.emporia_simulator.homes.energy.devices import (
    BALANCE,
    FROM_GRID,
    MAINS,
    TO_GRID,
    TOTAL_USAGE,
    Device,
)
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter


def iso(at: int) -> str:
    """UTC seconds as the cloud writes an instant."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def chart_usage(
    meter: Meter, device: Device, channel: str, *, start: int, end: int
) -> dict[str, Any]:
    """One channel over a range."""
    return {
        "firstUsageInstant": iso(device.calendar.start(meter.scale, start)),
        "usageList": meter.chart(device, channel, start, end),
    }


def device_list_usages(meter: Meter, devices: Sequence[Device], *, instant: int) -> dict[str, Any]:
    """Every channel of the devices; one whose parent is asked for too appears inside it only."""
    asked = frozenset(device.gid for device in devices)
    inside = {nested.gid for device in devices for nested in device.nested}
    roots = [device for device in devices if device.gid not in inside]
    return {
        "deviceListUsages": {
            "instant": iso(min(instant, meter.now)),
            "scale": meter.scale,
            "energyUnit": meter.unit,
            "devices": [_root_document(meter, root, instant, asked) for root in roots],
        }
    }


def _root_document(
    meter: Meter, root: Device, instant: int, asked: frozenset[int]
) -> dict[str, Any]:
    whole = meter.usage(root, MAINS, meter.latest_span(root, instant))
    return _Tree(meter=meter, instant=instant, asked=asked, whole=whole).document(root)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """One root device's answer; percentages are of the root's mains."""

    meter: Meter
    instant: int
    asked: frozenset[int]
    whole: float | None

    def document(self, device: Device) -> dict[str, Any]:
        channels = [
            {
                "name": name,
                "usage": usage,
                "deviceGid": device.gid,
                "channelNum": number,
                "percentage": usage / self.whole * 100 if usage and self.whole else 0.0,
                "nestedDevices": [
                    self.document(nested)
                    for nested in device.nested
                    if nested.parent_channel == number and nested.gid in self.asked
                ],
            }
            for number, name, usage in self._channels(device)
        ]
        return {"deviceGid": device.gid, "channelUsages": channels}

    def _channels(self, device: Device) -> Iterator[tuple[str, str | None, float | None]]:
        """(number, name, usage) of everything the cloud lists at this scale and unit."""
        span = self.meter.latest_span(device, self.instant)
        main = self.meter.usage(device, MAINS, span)
        yield MAINS, "Main", main
        for circuit in device.circuits:
            yield circuit.number, circuit.name, self.meter.usage(device, circuit.number, span)
        if not device.circuits:
            return
        if device.solar and self.meter.scale not in CLOCK_SECONDS:
            for extra in (FROM_GRID, TO_GRID, TOTAL_USAGE):
                yield extra, extra, self.meter.usage(device, extra, span)
        if self.meter.unit is EnergyUnit.AMP_HOURS:
            for leg, share in zip("ABC", device.leg_shares, strict=False):
                name = f"Mains_{leg}"
                yield name, name, None if main is None else main * share
        yield BALANCE, BALANCE, self.meter.usage(device, BALANCE, span)
