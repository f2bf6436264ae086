"""The devices of an account: a tree in Emporia's answer, a flat set to everybody who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.emporia.links import AccountId
from domain.emporia.usage import Document
from domain.errors import UnknownDevice

LARGEST_GID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Location:
    """Where a device's days begin: its time zone, and the day of the month its bill starts."""

    zone: ZoneInfo
    billing_cycle_start_day: int = 1


UNKNOWN_LOCATION = Location(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A monitor, plug or charger. `location` is None where Emporia names none of its own."""

    gid: int
    location: Location | None = None
    devices: tuple["Device", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Emporia's customer: `document` is its own JSON object, `devices` what we need of it."""

    account: AccountId
    document: Document
    devices: tuple[Device, ...]
    received_at: datetime

    @property
    def gids(self) -> frozenset[int]:
        """Every device of the account, nested ones with the others, each once."""
        return frozenset(device.gid for device, _ in self._walk())

    def location_of(self, gid: int) -> Location:
        """The device's location, its parent's where it has none; UTC where nobody has one."""
        found = [location for device, location in self._walk() if device.gid == gid]
        return next((location for location in found if location), UNKNOWN_LOCATION)

    def require(self, gids: frozenset[int]) -> None:
        """Raise UnknownDevice naming the gids that are not this account's."""
        foreign = sorted(gids - self.gids)
        if foreign:
            names = ", ".join(str(gid) for gid in foreign[:5])
            raise UnknownDevice(f"devices: {names} not found in the linked Emporia account.")

    def _walk(self) -> Iterator[tuple[Device, Location | None]]:
        pending = [(device, device.location) for device in self.devices]
        while pending:
            device, location = pending.pop(0)
            yield device, location
            pending.extend((inner, inner.location or location) for inner in device.devices)
