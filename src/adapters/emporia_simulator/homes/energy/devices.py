"""A home: its tree of devices, what hangs on each channel, and the energy that went through it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS, HOUR_SECONDS, HomeCalendar
from adapters.emporia_simulator.homes.energy.loads import JOULES_PER_KWH, Load, always_on, joules
from adapters.emporia_simulator.homes.energy.local_time import local_stretches

MAINS = "1,2,3"
BALANCE = "Balance"
FROM_GRID = "MainsFromGrid"
TO_GRID = "MainsToGrid"
TOTAL_USAGE = "TotalUsage"

_GRID_VOLTAGE = always_on(1.0, every=1_201, ripples=29, ripple=0.006)
"""The grid's voltage as a share of what it should be; never still either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """One channel of a monitor; without loads it is an input that nobody configured."""

    number: str
    name: str | None = None
    type_gid: int | None = None
    type: str = "FiftyAmp"
    multiplier: float = 1.0
    merged_into: str | None = None
    generates: bool = False
    loads: tuple[Load, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charger:
    """An EV charger's fixed part; whether it charges follows from its power."""

    load_gid: int
    charging_rate_amperes: int = 30
    max_charging_rate_amperes: int = 40
    breaker_pin: str = "4711"


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """A home battery that is at its reserve each day when the sun comes up."""

    capacity_kwh: float
    reserve_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A monitor, plug, charger or battery, with the devices nested under its channels.

    `loads` is what runs through it and no circuit of its own sees.
    """

    gid: int
    serial: str
    model: str
    firmware: str
    name: str
    calendar: HomeCalendar
    cents_per_kwh: float
    volts: float = 120.0
    leg_shares: tuple[float, ...] = (0.54, 0.46)
    parent_channel: str | None = None
    expansion_serial: str | None = None
    loads: tuple[Load, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    nested: tuple["Device", ...] = ()
    connected: bool = True
    solar: bool = False
    outlet_load_gid: int | None = None
    charger: Charger | None = None
    battery: Battery | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that have a usage at any scale and unit, and a chart."""
        circuits = tuple(circuit.number for circuit in self.circuits)
        return (MAINS, *circuits, BALANCE) if circuits else (MAINS,)

    def loads_on(self, channel: str) -> tuple[Load, ...]:
        """What a channel measures; of a circuit, net of the devices nested under it."""
        if channel == BALANCE:
            return self.loads
        if channel in (MAINS, TOTAL_USAGE):
            return self._all_loads(channel)
        return tuple(
            load
            for circuit in self.circuits
            if channel in (circuit.number, circuit.merged_into)
            for load in circuit.loads
        )

    def walk(self) -> Iterator["Device"]:
        """The device and all below it, parents first."""
        yield self
        for device in self.nested:
            yield from device.walk()

    def kwh(self, channel: str, start: int, end: int) -> float:
        """The energy through a channel between two UTC seconds; negative when it flowed back."""
        if channel in (FROM_GRID, TO_GRID):
            bought, sold = grid_kwh(self, start, end)
            return bought if channel == FROM_GRID else sold
        return kwh(self.loads_on(channel), self.calendar.zone, start, end)

    def _all_loads(self, channel: str) -> tuple[Load, ...]:
        circuits = (
            circuit.loads for circuit in self.circuits if channel == MAINS or not circuit.generates
        )
        below = (device.loads_on(channel) for device in self.nested)
        return tuple(chain(self.loads, *circuits, *below))


def kwh(loads: Sequence[Load], zone: ZoneInfo, start: int, end: int) -> float:
    """The loads' energy between two UTC seconds, the home's clock changes included."""
    return (
        sum(
            joules(loads, begin + offset, finish + offset)
            for begin, finish, offset in local_stretches(zone, start, end)
        )
        / JOULES_PER_KWH
    )


def volts_over(device: Device, start: int, end: int) -> float:
    """The mean voltage between two UTC seconds, which is the same on every channel."""
    return device.volts * _GRID_VOLTAGE.joules(start, end) / (end - start)


def grid_kwh(device: Device, start: int, end: int) -> tuple[float, float]:
    """What was bought and what was sold (negative), netted by the hour.

    [A] Emporia does not say how it nets; the two always sum to the mains.
    """
    bought = sold = 0.0
    for begin, finish in _by_days(start, end):
        whole_day = finish - begin == DAY_SECONDS
        day_bought, day_sold = (_whole_day if whole_day else _netted)(device, begin, finish)
        bought += day_bought
        sold += day_sold
    return bought, sold


def _by_days(start: int, end: int) -> Iterator[tuple[int, int]]:
    midnights = range(start + DAY_SECONDS - start % DAY_SECONDS, end, DAY_SECONDS)
    return pairwise([start, *midnights, end])


def _netted(device: Device, start: int, end: int) -> tuple[float, float]:
    loads = device.loads_on(MAINS)
    hours = range(start + HOUR_SECONDS - start % HOUR_SECONDS, end, HOUR_SECONDS)
    flows = [
        kwh(loads, device.calendar.zone, begin, finish)
        for begin, finish in pairwise([start, *hours, end])
    ]
    return sum(flow for flow in flows if flow > 0), sum(flow for flow in flows if flow < 0)


_whole_day = lru_cache(maxsize=4_096)(_netted)
