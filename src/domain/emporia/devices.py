"""The devices of an account: a tree in Emporia's answer, a flat set to everybody who asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.accounts.keys import KeyLimits
from domain.emporia.channels import BALANCE, MAINS, Channel
from domain.emporia.home_power import Home
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId
from domain.emporia.usage import Document
from domain.errors import UnknownDevice, UnknownSeries

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
    """Where a device is, and when its days begin and the day of the month its bill starts.

    `cents_per_kwh` is what its owner told Emporia that energy costs, in hundredths of whatever
    currency they pay in; None where they told nothing.
    """

    zone: ZoneInfo
    billing_cycle_start_day: int = 1
    address: Address = NO_ADDRESS
    cents_per_kwh: float | None = None


UNKNOWN_LOCATION = Location(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A monitor, plug or charger. `location` is None where Emporia names none of its own.

    `parent` is the device on a circuit of which it hangs, `parent_channel` that circuit. `feeder`
    is what its power comes through: its parent, or, of a second monitor in a panel, the first,
    which has the mains clamps. `has_sun` says that its owner told of solar panels.
    """

    gid: int
    kind: DeviceKind = DeviceKind.UNKNOWN
    name: str | None = None
    location: Location | None = None
    parent: int | None = None
    parent_channel: str | None = None
    feeder: int | None = None
    has_sun: bool = False
    channels: tuple[Channel, ...] = ()
    devices: tuple["Device", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Emporia's customer: `document` is its own JSON object, the rest what we need of it.

    `gids` are every device of the account, nested ones with the others, each once.
    """

    account: AccountId
    document: Document
    devices: tuple[Device, ...]
    received_at: datetime
    homes: tuple[Home, ...] = ()
    gids: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Each poll asks for them, and each look at what somebody may see.
        object.__setattr__(self, "gids", frozenset(device.gid for device, _ in self._walk()))

    @property
    def circuits(self) -> frozenset[tuple[int, str]]:
        """Every channel of every device, as gid and number."""
        return frozenset(
            (device.gid, channel.number)
            for device, _ in self._walk()
            for channel in device.channels
        )

    def location_of(self, gid: int) -> Location:
        """The device's location, its parent's where it has none; UTC where nobody has one."""
        found = [location for device, location in self._walk() if device.gid == gid]
        return next((location for location in found if location), UNKNOWN_LOCATION)

    def within(self, limits: KeyLimits) -> tuple[Device, ...]:
        """What an API key with these limits may see: names and channels, and where nothing is.

        Of a device that only some channels are seen of there is no name. The balance tells of
        circuits that are not seen, and so is not either.
        """
        named = self._with_nested(limits.devices)
        return tuple(_within(self.devices, named, limits.channels, inside=False))

    def require(self, gids: frozenset[int], *, limits: KeyLimits | None = None) -> None:
        """Raise UnknownDevice naming the gids that are not this account's, or not to be seen."""
        seen = self.gids if limits is None else _gids(self.within(limits))
        foreign = sorted(gids - seen)
        if foreign:
            names = ", ".join(str(gid) for gid in foreign[:5])
            raise UnknownDevice(f"devices: {names} not found in the linked Emporia account.")

    def sees(self, gid: int, channel: str, *, limits: KeyLimits | None) -> bool:
        """Whether a key with these limits may see this series of one of its devices."""
        if limits is None:
            return True
        if channel.casefold() == BALANCE.casefold():
            return False
        if (gid, channel) in limits.channels:
            return True
        named = self._with_nested(limits.devices)
        whole = _gids(_within(self.devices, named, frozenset(), inside=False))
        return gid in whole

    def lists(self, gid: int, channel: str) -> bool:
        """Whether the device has this channel; its mains it has in any case."""
        return (gid, channel) in self.circuits or (channel == MAINS and gid in self.gids)

    def name_of(self, gid: int, channel: str) -> str | None:
        """What its owner calls this channel; None for one without a name, or that is not there."""
        return next(
            (
                each.name
                for device, _ in self._walk()
                for each in device.channels
                if (device.gid, each.number) == (gid, channel) and each.name
            ),
            None,
        )

    def require_limits(self, limits: KeyLimits) -> None:
        """Raise UnknownDevice or UnknownSeries for limits that name what is not there."""
        self.require(limits.devices | {gid for gid, _ in limits.channels})
        for gid, channel in sorted(limits.channels - self.circuits):
            raise UnknownSeries(
                f"channels: device {gid} has no channel '{channel[:40]}' that can be shown alone."
            )

    def _with_nested(self, gids: frozenset[int]) -> frozenset[int]:
        """These devices and those that hang on a circuit of theirs, and of those in turn.

        The list names their parent, or has them inside of it; usages have them inside of a circuit.
        """
        found, more = gids, gids
        while more:
            more = frozenset(device.gid for device, _ in self._walk() if device.parent in more)
            more -= found
            found |= more
        return found

    def _walk(self) -> Iterator[tuple[Device, Location | None]]:
        pending = [(device, device.location) for device in self.devices]
        while pending:
            device, location = pending.pop(0)
            yield device, location
            pending.extend((inner, inner.location or location) for inner in device.devices)


def _within(
    devices: tuple[Device, ...],
    named: frozenset[int],
    single: frozenset[tuple[int, str]],
    *,
    inside: bool,
) -> Iterator[Device]:
    for device in devices:
        whole = inside or device.gid in named
        inner = tuple(_within(device.devices, named, single, inside=whole))
        channels = tuple(
            channel
            for channel in device.channels
            if channel.number != BALANCE and (whole or (device.gid, channel.number) in single)
        )
        if whole:
            yield Device(gid=device.gid, name=device.name, channels=channels, devices=inner)
        elif channels:
            yield Device(gid=device.gid, channels=channels)
        if not whole:
            yield from inner


def _gids(devices: Iterable[Device]) -> frozenset[int]:
    return frozenset(gid for device in devices for gid in (device.gid, *_gids(device.devices)))
