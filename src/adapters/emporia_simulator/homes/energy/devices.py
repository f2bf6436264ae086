"""The devices of a home: what hangs on each channel, and the energy that each of them measures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from zoneinfo import ZoneInfo

from adapters.emporia_simulator.homes.energy.buckets import HomeCalendar
from adapters.emporia_simulator.homes.energy.counter import Counter
from adapters.emporia_simulator.homes.energy.loads import JOULES_PER_KWH, Load, always_on, joules
from adapters.emporia_simulator.homes.energy.local_time import local_stretches

MAINS = "1,2,3"
BALANCE = "Balance"
FROM_GRID = "MainsFromGrid"
TO_GRID = "MainsToGrid"
TOTAL_USAGE = "TotalUsage"

_GRID_VOLTAGE = always_on(1.0, every=1_201, ripples=29, ripple=0.006)
"""The grid's voltage as a share of what it should be; never still either."""


class Part(Enum):
    """What a circuit's current is to the home."""

    USE = "use"
    SUN = "sun"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a device says that it is."""

    zip_code: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """One channel of a monitor; without loads it is an input that nobody configured."""

    number: str
    name: str | None = None
    type_gid: int | None = None
    type: str = "FiftyAmp"
    multiplier: float = 1.0
    merged_into: str | None = None
    part: Part = Part.USE
    clamp_shows: float = 1.0
    """The share of the true current that the clamp tells; a cheap one is some percent off."""
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
    """A monitor, plug, charger or battery, with the devices nested under its channels."""

    gid: int
    serial: str
    model: str
    firmware: str
    name: str
    calendar: HomeCalendar
    cents_per_kwh: float
    address: Address | None = None
    volts: float = 120.0
    leg_shares: tuple[float, ...] = (0.54, 0.46)
    mains_clamp_shows: float = 1.0
    """The share of the true current that the mains clamps tell; 0 where there are none."""
    parent_channel: str | None = None
    primary_gid: int | None = None
    """Of a second monitor in a panel: the first one, which has the mains clamps."""
    combined: bool = False
    """Whether it is one of several monitors that Emporia shows as one panel."""
    expansion_serial: str | None = None
    loads: tuple[Load, ...] = ()
    """What runs through it and no circuit of its own sees."""
    circuits: tuple[Circuit, ...] = ()
    nested: tuple["Device", ...] = ()
    feeds: tuple["Device", ...] = ()
    """Devices whose current passes its mains, which Emporia was never told."""
    connected: bool = True
    installed_before_start_seconds: int | None = None
    """How long before the simulator's start it was installed; None is for ever."""
    solar: bool = False
    outlet_load_gid: int | None = None
    charger: Charger | None = None
    battery: Battery | None = None
    _counters: dict[str, Counter] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that have a usage at any scale and unit, and a chart."""
        circuits = tuple(circuit.number for circuit in self.circuits)
        return (MAINS, *circuits, BALANCE) if circuits else (MAINS,)

    def walk(self) -> Iterator["Device"]:
        """The device and all below it, parents first."""
        yield self
        for device in self.nested:
            yield from device.walk()

    def nested_on(self, channel: str) -> Iterator["Device"]:
        """The devices that are nested right under a channel."""
        return (device for device in self.nested if device.parent_channel == channel)

    def kwh(self, channel: str, start: int, end: int) -> float:
        """The energy that a channel measured between two UTC seconds, nested devices included.

        It is negative when it flowed back, and not rounded: what the cloud tells is `counter`'s.
        """
        if channel == BALANCE:
            return self._balance_kwh(start, end)
        if channel in (MAINS, TOTAL_USAGE):
            left_out = Part.SUN if channel == TOTAL_USAGE else None
            behind = tuple(self.loads_behind(without=left_out))
            return self._kwh(behind, start, end) * self.mains_clamp_shows
        return sum(
            self._kwh(self._loads_on(circuit), start, end) * circuit.clamp_shows
            for circuit in self.circuits
            if channel in (circuit.number, circuit.merged_into)
        )

    def counter(self, channel: str) -> Counter:
        """The rounded count of the mains, of their `TotalUsage`, or of a circuit's own clamp: a
        merged circuit has none."""
        known = self._counters.get(channel)
        if known is None:
            known = self._counters[channel] = self._new_counter(channel)
        return known

    def _new_counter(self, channel: str) -> Counter:
        if channel in (MAINS, TOTAL_USAGE):
            left_out = Part.SUN if channel == TOTAL_USAGE else None
            loads, shows = tuple(self.loads_behind(without=left_out)), self.mains_clamp_shows
        else:
            circuit = next(circuit for circuit in self.circuits if circuit.number == channel)
            loads, shows = self._loads_on(circuit), circuit.clamp_shows
        if not shows:
            loads = ()
        name, zone = f"{self.gid} {channel}", self.calendar.zone
        return Counter(name=name, loads=loads, shows=shows, zone=zone)

    def _balance_kwh(self, start: int, end: int) -> float:
        """The mains less the circuits; what the clamps are off by ends up here too."""
        shows = self.mains_clamp_shows
        unseen = chain(self.loads, *(device.loads_behind() for device in self.feeds))
        return shows * self._kwh(tuple(unseen), start, end) + sum(
            (shows - circuit.clamp_shows) * self._kwh(self._loads_on(circuit), start, end)
            for circuit in self.circuits
            if circuit.clamp_shows != shows
        )

    def loads_behind(self, *, without: Part | None = None) -> Iterator[Load]:
        """Everything whose current passes the mains."""
        yield from self.loads
        for circuit in self.circuits:
            if circuit.part is not without:
                yield from circuit.loads
        for device in chain(self.nested, self.feeds):
            yield from device.loads_behind()

    def _loads_on(self, circuit: Circuit) -> tuple[Load, ...]:
        """What a circuit feeds, nested devices included; a merged one's legs are not."""
        below = (device.loads_behind() for device in self.nested_on(circuit.number))
        return tuple(chain(circuit.loads, *below))

    def _kwh(self, loads: tuple[Load, ...], start: int, end: int) -> float:
        return kwh(loads, self.calendar.zone, start, end)


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
