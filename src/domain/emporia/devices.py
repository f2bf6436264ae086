"""The devices of an account: a tree in Emporia's answer, a flat set to everybody who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.emporia.channels import Channel
from domain.emporia.home_power import Home
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId
from domain.emporia.usage import Document
from domain.errors import UnknownDevice

LARGEST_GID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a device is, as far as its owner told; coordinates to about a kilometre."""

    zip_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


NO_ADDRESS = Address()


@dataclass(frozen=True, slots=True)
class Location:
    """Where a device is, and when its days begin and the day of the month its bill starts."""

    zone: ZoneInfo
    billing_cycle_start_day: int = 1
    address: Address = NO_ADDRESS


UNKNOWN_LOCATION = Location(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A monitor, plug or charger. `location` is None where Emporia names none of its own.

    `feeder` is the device that it hangs on: its parent, or, of a second monitor in a panel, the
    first, which has the mains clamps. `has_sun` says that its owner told of solar panels.
    """

    gid: int
    kind: DeviceKind = DeviceKind.UNKNOWN
    name: str | None = None
    location: Location | None = None
    feeder: int | None = None
    has_sun: bool = False
    channels: tuple[Channel, ...] = ()
    devices: tuple["Device", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Emporia's customer: `document` is its own JSON object, the rest what we need of it."""

    account: AccountId
    document: Document
    devices: tuple[Device, ...]
    received_at: datetime
    homes: tuple[Home, ...] = ()

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
