"""The samples that are kept: of a simulated home, rounded to 0.1 W, with a clamp's noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import MAINS, Device
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.homes.energy.uplinks import Uplinks
from adapters.emporia_simulator.homes.years_home import YEARS_HOME

NOISE = 0.004
"""Of the load, as seen on real clamps."""

WINDOW_SECONDS = 7_200

BEGIN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Samples:
    """A series over one range, in kWh a bucket."""

    number: int
    gid: int
    channel: str
    start: int
    usages: list[float]


def samples(scale: Scale, *, seconds: int, series: int = 18) -> list[Samples]:
    """So many series of the home from its first second on, read before they are forgotten."""
    return [
        Samples(number, device.gid, channel, BEGIN, _read(device, channel, scale, BEGIN + seconds))
        for number, (device, channel) in enumerate(_series()[:series])
    ]


def _read(device: Device, channel: str, scale: Scale, end: int) -> list[float]:
    usages: list[float] = []
    for start in range(BEGIN, end, WINDOW_SECONDS):
        until = min(end, start + WINDOW_SECONDS)
        meter = Meter(
            now=until,
            published_until=until,
            scale=scale,
            unit=EnergyUnit.KILOWATT_HOURS,
            began=until,
            uplinks=Uplinks(noise=NOISE),
        )
        usages += [usage or 0.0 for usage in meter.chart(device, channel, start, until)]
    return usages


def _series() -> Sequence[tuple[Device, str]]:
    devices = [device for root in YEARS_HOME for device in root.walk()]
    return [
        (device, channel)
        for device in devices
        for channel in (MAINS, *(circuit.number for circuit in device.circuits))
    ]
