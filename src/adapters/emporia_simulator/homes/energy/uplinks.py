"""How what devices measure reaches the cloud: seconds as they happen or minutes at a time, and not
at all while a device is offline."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from adapters.emporia_simulator.homes.energy.devices import Device

OUTAGES_AT_MOST = 1_000
"""For a customer."""

_MINUTE = 60


class SecondsMode(StrEnum):
    """What becomes of a device's seconds."""

    LIVE = "live"
    """Each is published when it has passed, as while Emporia's app is open."""
    MIXED = "mixed"
    """With their minute: 30 to 40 genuine ones, then the mean of the rest to the minute's end."""
    FLAT = "flat"
    """With their minute: its mean, sixty times."""


class Filling(StrEnum):
    """What becomes of what was measured while a device was offline."""

    EXACT = "exact"
    """It is filled in as it was."""
    AVERAGED = "averaged"
    """Its sum is filled in, spread evenly."""
    LOST = "lost"
    """It stays null for ever."""


EXACT_UP_TO_SECONDS = 15 * _MINUTE
EXACT_UP_TO_SECONDS_OF_A_PLUG = 20 * _MINUTE
"""Emporia's help centre, articles 9084139 and 9084276: longer outages are spread evenly."""

FILLED_AFTER_SECONDS = {Filling.EXACT: 4 * _MINUTE, Filling.AVERAGED: 30 * _MINUTE}
"""Assumed: nobody has published how long after it is back a device has filled in what it missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch of time, in UTC seconds, in which the cloud did not hear of a device."""

    gid: int
    start: int
    end: int
    filling: Filling
    filled_at: int
    """When it is filled in; without meaning where it is lost."""

    def missing(self, now: int) -> bool:
        """Whether what was measured in it is not there by now."""
        return self.filling is Filling.LOST or now < self.filled_at

    def by_minutes(self) -> tuple[int, int]:
        """The minutes that it touches: a part of one is not published."""
        return self.start - self.start % _MINUTE, self.end + -self.end % _MINUTE

    @classmethod
    def of(
        cls,
        device: Device,
        start: int,
        end: int,
        *,
        filling: Filling | None = None,
        filled_after_seconds: int | None = None,
    ) -> "Outage":
        """An outage as the cloud treats one of this length, where nothing else is asked for."""
        is_plug = device.outlet_load_gid is not None and device.charger is None
        exact_up_to = EXACT_UP_TO_SECONDS_OF_A_PLUG if is_plug else EXACT_UP_TO_SECONDS
        if filling is None:
            filling = Filling.EXACT if end - start < exact_up_to else Filling.AVERAGED
        if filled_after_seconds is None:
            filled_after_seconds = FILLED_AFTER_SECONDS.get(filling, 0)
        return cls(
            gid=device.gid,
            start=start,
            end=end,
            filling=filling,
            filled_at=end + filled_after_seconds,
        )


@dataclass(slots=True)
class Uplinks:
    """One customer's devices' ways to the cloud. What is read of it in threads is never changed in
    place."""

    seconds: SecondsMode = SecondsMode.LIVE
    """Of devices that have no mode of their own."""
    noise: float = 0.0
    """The standard deviation of a second's energy, as a share of it."""
    seconds_by_gid: dict[int, SecondsMode] = field(default_factory=dict)
    outages_by_gid: dict[int, tuple[Outage, ...]] = field(default_factory=dict)
    """The earliest first; no two of a device overlap."""

    def mode(self, device: Device) -> SecondsMode:
        """What becomes of the device's seconds."""
        return self.seconds_by_gid.get(device.gid, self.seconds)

    def set_mode(self, mode: SecondsMode, gid: int | None = None) -> None:
        """Change a device's mode, or that of all."""
        if gid is None:
            self.seconds = mode
            self.seconds_by_gid.clear()
        else:
            self.seconds_by_gid[gid] = mode

    def outages(self, device: Device) -> tuple[Outage, ...]:
        """The device's, the earliest first."""
        return self.outages_by_gid.get(device.gid, ())

    def connected(self, device: Device, now: int) -> bool:
        """Whether the cloud hears of a device at present."""
        return device.connected and self.outage_under_way(device, now) is None

    def outage_under_way(self, device: Device, now: int) -> Outage | None:
        """The outage that a device is in, if it is in one."""
        return next((o for o in self.outages(device) if o.start <= now < o.end), None)

    def add(self, outages: Iterable[Outage]) -> None:
        """Have devices go offline.

        Raises:
            ValueError: One overlaps another of its device's, or there are too many; none is added.
        """
        changed = dict(self.outages_by_gid)
        for new in outages:
            of_device = changed.get(new.gid, ())
            if any(new.start < old.end and old.start < new.end for old in of_device):
                raise ValueError(f"device {new.gid} is already offline in that time")
            changed[new.gid] = tuple(sorted((*of_device, new), key=lambda outage: outage.start))
        if sum(map(len, changed.values())) > OUTAGES_AT_MOST:
            raise ValueError(f"there are at most {OUTAGES_AT_MOST} outages")
        self.outages_by_gid = changed

    def clear_outages(self) -> None:
        """Let every device have been online all the time."""
        self.outages_by_gid = {}
