"""Reads a home as the cloud would at one moment: what is published and still kept, at one scale
and in one unit. Null is what the cloud does not know; zero is what nobody used."""

from dataclasses import dataclass
from enum import StrEnum

from adapters.emporia_simulator.homes.energy.buckets import (
    CLOCK_SECONDS,
    COMPLETE_ONLY,
    RETAINED_SECONDS,
    Scale,
)
from adapters.emporia_simulator.homes.energy.devices import MAINS, Device, volts_over


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

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One reading's circumstances; times are UTC seconds."""

    now: int
    published_until: int
    scale: Scale
    unit: EnergyUnit
    blank: bool = False
    """Answer null to everything, as the cloud does in its bad moments."""

    def latest_span(self, device: Device, instant: int) -> Span:
        """The bucket an instant asks for: the last complete one at 1S and 1MIN, else the one
        that holds it, which right after its beginning is still the one before."""
        if self.scale in COMPLETE_ONLY:
            width = CLOCK_SECONDS[self.scale]
            end = min(instant, self.published_until) // width * width
            return end - width, end
        start = device.calendar.start(self.scale, min(instant, self.published_until - 1))
        return start, device.calendar.after(self.scale, start)

    def usage(self, device: Device, channel: str, span: Span) -> float | None:
        """What went through a channel in a bucket, nested devices included, as far as it is
        published."""
        start, end = span
        published_end = min(end, self.published_until)
        unfinished = published_end < end and self.scale in COMPLETE_ONLY
        kept_from = self.now - RETAINED_SECONDS.get(self.scale, self.now)
        unknown = unfinished or published_end <= start or start < kept_from
        if self.blank or unknown or not device.connected:
            return None
        if self.unit is EnergyUnit.VOLTAGE:
            return volts_over(device, start, published_end)
        return device.kwh(channel, start, published_end) * self._per_kwh(device)

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
            if (usage := self.usage(below, MAINS, span)) is not None
        ]
        if raw is None or not nested or self.unit is EnergyUnit.VOLTAGE:
            return raw
        return max(0.0, raw - sum(nested))

    def chart(self, device: Device, channel: str, start: int, end: int) -> list[float | None]:
        """The buckets that overlap [start floored to its bucket, end), oldest first."""
        spans = device.calendar.spans(self.scale, start, end)
        return [self.usage(device, channel, span) for span in spans]

    def _per_kwh(self, device: Device) -> float:
        match self.unit:
            case EnergyUnit.DOLLARS:
                return device.cents_per_kwh / 100
            case EnergyUnit.AMP_HOURS:
                return 1_000 / device.volts
            case unit:
                return _EQUIVALENT_PER_KWH[unit]
