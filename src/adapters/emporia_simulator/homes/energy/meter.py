"""Reads a home as the cloud would at one moment: what is published and still kept, at one scale
and in one unit. Null is what the cloud does not know; zero is what nobody used."""

from dataclasses import dataclass, field
from enum import StrEnum

from adapters.emporia_simulator.homes.energy.buckets import (
    CLOCK_SECONDS,
    COMPLETE_ONLY,
    RETAINED_SECONDS,
    Scale,
)
from adapters.emporia_simulator.homes.energy.counter import TENTHS_PER_KWH
from adapters.emporia_simulator.homes.energy.devices import MAINS, Device, volts_over
from adapters.emporia_simulator.homes.energy.readings import Readings, Span
from adapters.emporia_simulator.homes.energy.uplinks import SecondsMode, Uplinks


class EnergyUnit(StrEnum):
    """What usage is told in; the values are case-sensitive on the wire."""

    KILOWATT_HOURS = "KilowattHours"
    DOLLARS = "Dollars"
    AMP_HOURS = "AmpHours"
    TREES = "Trees"
    GALLONS_OF_GAS = "GallonsOfGas"
    MILES_DRIVEN = "MilesDriven"
    CARBON = "Carbon"
    VOLTAGE = "Voltage"


_CARBON_KG_PER_KWH = 0.709
_EQUIVALENT_PER_KWH = {
    EnergyUnit.KILOWATT_HOURS: 1.0,
    EnergyUnit.CARBON: _CARBON_KG_PER_KWH,
    EnergyUnit.TREES: _CARBON_KG_PER_KWH / 60.0,
    EnergyUnit.GALLONS_OF_GAS: _CARBON_KG_PER_KWH / 8.887,
    EnergyUnit.MILES_DRIVEN: _CARBON_KG_PER_KWH / 0.390,
}
"""Assumed: the EPA's greenhouse gas equivalences; Emporia publishes no factors of its own."""

_MINUTE = CLOCK_SECONDS[Scale.MINUTE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One reading's circumstances; times are UTC seconds."""

    now: int
    published_until: int
    scale: Scale
    unit: EnergyUnit
    blank: bool = False
    """Answer null to everything, as the cloud does in its bad moments."""
    began: int = 0
    """When the simulator began."""
    uplinks: Uplinks = field(default_factory=Uplinks)
    empty_when_forgotten: bool = False
    """Answer with an empty list where all of a chart is older than what is kept."""

    @property
    def kept_from(self) -> int:
        """What begins before that is forgotten, or was never there."""
        return self.now - RETAINED_SECONDS.get(self.scale, self.now)

    def offline(self, device: Device) -> bool:
        """Whether the cloud does not hear of the device at present."""
        return not self.uplinks.connected(device, self.now)

    def latest_span(self, device: Device, instant: int) -> Span:
        """The bucket an instant asks for: the last complete one at 1S and 1MIN, else the one
        that holds it, which right after its beginning is still the one before.

        Assumed: of a device whose seconds come with their minute it is the last second of one.
        """
        if self.scale in COMPLETE_ONLY:
            width = CLOCK_SECONDS[self.scale]
            rhythm = _MINUTE if self._by_minutes(device) else width
            end = min(instant, self.published_until) // rhythm * rhythm
            return end - width, end
        start = device.calendar.start(self.scale, min(instant, self.published_until - 1))
        return start, device.calendar.after(self.scale, start)

    def usage(self, device: Device, channel: str, span: Span) -> float | None:
        """What went through a channel in a bucket, nested devices included, as far as it is
        published.

        Assumed: a bucket of more than a minute that an outage left a gap in tells the rest.
        """
        start, end = span
        by_minutes = self._by_minutes(device)
        rhythm = _MINUTE if by_minutes else 1
        published_end = min(end, self.published_until // rhythm * rhythm)
        unfinished = published_end < end and self.scale in COMPLETE_ONLY
        start = max(start, self._installed(device))
        unknown = unfinished or published_end <= start or span[0] < self.kept_from
        if self.blank or unknown or not device.connected:
            return None
        readings = Readings(device=device, uplinks=self.uplinks, now=self.now)
        parts = readings.known(
            start,
            published_end,
            whole=self.scale in COMPLETE_ONLY,
            exactly=self.scale is Scale.SECOND and not by_minutes,
        )
        if not parts:
            return None
        if self.unit is EnergyUnit.VOLTAGE:
            return volts_over(device, start, published_end)
        if self.scale is Scale.SECOND:
            tenths = readings.tenths_of_second(channel, start)
        else:
            tenths = sum(readings.tenths(channel, *part) for part in parts)
        return tenths / TENTHS_PER_KWH * self._per_kwh(device)

    def net_usage(self, device: Device, circuit: str, span: Span) -> float | None:
        """A circuit's usage less that of the devices nested right under it.

        It ends at 0 where they claim more than the circuit, and only where there are any: what
        flows back through a bare circuit stays negative. Assumed: what is nested and offline is not
        taken off.
        """
        raw = self.usage(device, circuit, span)
        nested = [
            usage
            for below in device.nested_on(circuit)
            if not self.offline(below)
            and (usage := self.usage(below, MAINS, self._told_with(below, span))) is not None
        ]
        if raw is None or not nested or self.unit is EnergyUnit.VOLTAGE:
            return raw
        return max(0.0, raw - sum(nested))

    def chart(self, device: Device, channel: str, start: int, end: int) -> list[float | None]:
        """The buckets that overlap [start floored to its bucket, end), oldest first."""
        if self.empty_when_forgotten and end <= self.kept_from:
            return []
        spans = device.calendar.spans(self.scale, start, end)
        return [self.usage(device, channel, span) for span in spans]

    def _by_minutes(self, device: Device) -> bool:
        """Whether the device's seconds are asked for and come with their minute."""
        live = self.uplinks.mode(device) is SecondsMode.LIVE
        return self.scale is Scale.SECOND and not live

    def _told_with(self, nested: Device, span: Span) -> Span:
        """What is listed of a nested device beside its parent's bucket."""
        return self.latest_span(nested, span[1]) if self._by_minutes(nested) else span

    def _installed(self, device: Device) -> int:
        age = device.installed_before_start_seconds
        return 0 if age is None else self.began - age

    def _per_kwh(self, device: Device) -> float:
        match self.unit:
            case EnergyUnit.DOLLARS:
                return device.cents_per_kwh / 100
            case EnergyUnit.AMP_HOURS:
                return 1_000 / device.volts
            case unit:
                return _EQUIVALENT_PER_KWH[unit]
