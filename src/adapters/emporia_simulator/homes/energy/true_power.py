"""What really flows in a home, whatever its devices measure of it: a second source for tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.emporia_simulator.homes.energy.devices import MAINS, Device, Part, kwh
from adapters.emporia_simulator.homes.energy.loads import Load

WATT_SECONDS_PER_KWH = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePower:
    """Mean watts over a stretch of time; what comes into the home's wires is positive.

    The grid's are negative while the home exports, the battery's while it charges.
    """

    grid_watts: float
    solar_watts: float
    battery_watts: float

    @property
    def home_watts(self) -> float:
        """What is used in the home: all that comes in and is neither stored nor sold."""
        return self.grid_watts + self.solar_watts + self.battery_watts


def true_power(devices: Sequence[Device], start: int, end: int) -> TruePower:
    """The mean power between two UTC seconds in a home with these devices at its root.

    It sums the loads one by one: no channel, clamp, connection or rounding has a say in it.
    """
    watts = dict.fromkeys(Part, 0.0)
    for root in devices:
        for part, load in _loads(root, Part.USE):
            energy_kwh = kwh((load,), root.calendar.zone, start, end)
            watts[part] += energy_kwh * WATT_SECONDS_PER_KWH / (end - start)
    return TruePower(
        grid_watts=sum(watts.values()),
        solar_watts=0.0 - watts[Part.SUN],
        battery_watts=0.0 - watts[Part.BATTERY],
    )


def _loads(device: Device, part: Part) -> Iterator[tuple[Part, Load]]:
    """Every load once: a device that another one feeds has its own place among the roots."""
    if device.battery is not None:
        part = Part.BATTERY
    yield from ((part, load) for load in device.loads)
    for circuit in device.circuits:
        feeds = part if circuit.part is Part.USE else circuit.part
        yield from ((feeds, load) for load in circuit.loads)
        for nested in device.nested_on(circuit.number):
            yield from _loads(nested, feeds)
    for nested in device.nested_on(MAINS):
        yield from _loads(nested, part)
