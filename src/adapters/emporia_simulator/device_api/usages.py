"""The two answers of `/AppAPI`: every channel of many devices at one instant, or one channel over
a range.

A chart is raw: a circuit's energy is all that its clamp measured. In the list a circuit is net of
the devices nested under it, which have entries of their own inside (issue 25 of PyEmVue; seen on a
live account in September 2026).
"""

from collections.abc import Iterator, Mapping, Sequence
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
from adapters.emporia_simulator.homes.energy.readings import Span


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
    """Every channel of the devices; one stands inside its parent's channel where that is listed.

    Assumed: where it is not, as with an offline parent, it stands at the top.
    """
    listed = {device.gid: tuple(_listed(meter, device, instant)) for device in devices}
    inside = {
        nested.gid
        for device in devices
        for channel in listed[device.gid]
        for nested in device.nested_on(channel.number)
    }
    roots = [device for device in devices if device.gid not in inside]
    return {
        "deviceListUsages": {
            "instant": iso(min(instant, meter.now)),
            "scale": meter.scale,
            "energyUnit": meter.unit,
            "devices": [
                _Tree(listed=listed, whole=listed[root.gid][0].usage).document(root)
                for root in roots
            ],
        }
    }


@dataclass(frozen=True, slots=True)
class _Channel:
    """A line of the list."""

    number: str
    name: str | None
    usage: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """One root device's answer; percentages are of the root's mains."""

    listed: Mapping[int, tuple[_Channel, ...]]
    whole: float | None

    def document(self, device: Device) -> dict[str, Any]:
        channels = [
            {
                "name": channel.name,
                "usage": channel.usage,
                "deviceGid": device.gid,
                "channelNum": channel.number,
                "percentage": self._percentage(channel.usage),
                "nestedDevices": [
                    self.document(nested)
                    for nested in device.nested_on(channel.number)
                    if nested.gid in self.listed
                ],
            }
            for channel in self.listed[device.gid]
        ]
        return {"deviceGid": device.gid, "channelUsages": channels}

    def _percentage(self, usage: float | None) -> float:
        return usage / self.whole * 100 if usage and self.whole else 0.0


def _listed(meter: Meter, device: Device, instant: int) -> Iterator[_Channel]:
    """The mains, even when nothing is known of them, and every other channel that has data."""
    if meter.offline(device):
        yield _Channel(MAINS, "Main", None)
        return
    span = meter.latest_span(device, instant)
    mains = _Channel(MAINS, "Main", meter.usage(device, MAINS, span))
    yield mains
    if not device.circuits:
        return
    for circuit in device.circuits:
        usage = meter.net_usage(device, circuit.number, span)
        if usage is not None:
            yield _Channel(circuit.number, circuit.name, usage)
    if mains.usage is not None:
        yield from _derived(meter, device, mains.usage, span)


def _derived(meter: Meter, device: Device, mains: float, span: Span) -> Iterator[_Channel]:
    """What the cloud works out from the mains, at the scales and in the units in which it does."""
    if device.solar and meter.scale not in CLOCK_SECONDS:
        for name in (FROM_GRID, TO_GRID, TOTAL_USAGE):
            yield _Channel(name, name, meter.usage(device, name, span))
    if meter.unit is EnergyUnit.AMP_HOURS:
        for leg, share in zip("ABC", device.leg_shares, strict=False):
            yield _Channel(f"Mains_{leg}", f"Mains_{leg}", mains * share)
    yield _Channel(BALANCE, BALANCE, meter.usage(device, BALANCE, span))
