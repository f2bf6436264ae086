"""The homes of an account: whose panels are whose, and where sun and battery are seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.emporia.channels import MAINS, Channel, ChannelRole
from domain.emporia.devices import Address, Device
from domain.emporia.home_power import Home, Source
from domain.emporia.kinds import DeviceKind
from domain.errors import InvalidInput

METERS = (DeviceKind.PANEL, DeviceKind.UTILITY_CONNECT)
"""Devices whose mains are a home's."""

Place = tuple[str, Address]
"""A time zone and an address."""


@dataclass(slots=True, eq=False)
class _Unit:
    """A device together with its expansion: all that has one gid."""

    device: Device
    feeder: int | None
    channels: list[Channel] = field(default_factory=list)

    @property
    def place(self) -> Place | None:
        location = self.device.location
        return None if location is None else (location.zone.key, location.address)

    @property
    def is_meter(self) -> bool:
        """Whether its mains are a home's; somebody may have clamped an inverter with them."""
        of_mains = (channel for channel in self.channels if channel.number == MAINS)
        return self.device.kind in METERS and all(
            channel.role is ChannelRole.USE for channel in of_mains
        )


def homes_of(devices: Sequence[Device]) -> tuple[Home, ...]:
    """The homes: the panels and meters that hang on nothing, of one time zone and address each.

    What hangs on them belongs to them; what stands alone belongs to the home of its place, or to
    the only one there is. An account without panel and meter has no home that could be known.
    """
    units = _units(devices)
    roots: dict[Place | None, list[_Unit]] = {}
    for unit in units.values():
        if unit.is_meter and _root(unit, units) is unit:
            roots.setdefault(unit.place, []).append(unit)
    members: dict[Place | None, list[_Unit]] = {place: [] for place in roots}
    for unit in units.values():
        place = _root(unit, units).place
        if place not in members and len(members) == 1:
            (place,) = members
        if place in members:
            members[place].append(unit)
    return tuple(_home(roots[place], members[place]) for place in roots)


def named_home(homes: Sequence[Home], gid: int | None) -> Home:
    """The home with this device at its root, or the only one; raises InvalidInput."""
    if not homes:
        raise InvalidInput("home: this account has no panel or meter, so no home is known.")
    if gid is None and len(homes) == 1:
        return homes[0]
    for home in homes:
        if gid in home.roots:
            return home
    told = ", ".join(f"{home.roots[0]} ({home.name or 'no name'})" for home in homes[:5])
    raise InvalidInput(f"home: name a home by its panel's gid, one of {told}.")


def _units(devices: Sequence[Device]) -> dict[int, _Unit]:
    units: dict[int, _Unit] = {}
    for device, parent in _walk(devices, None):
        unit = units.get(device.gid)
        if unit is None:
            unit = units[device.gid] = _Unit(device, device.feeder or parent)
        elif unit.device.kind is DeviceKind.EXPANSION:
            unit.device = device
        unit.channels.extend(device.channels)
    return units


def _walk(devices: Sequence[Device], parent: int | None) -> Iterator[tuple[Device, int | None]]:
    for device in devices:
        yield device, parent
        yield from _walk(device.devices, device.gid)


def _root(unit: _Unit, units: Mapping[int, _Unit]) -> _Unit:
    """The unit that feeds this one and hangs on no other; itself where they feed in a circle."""
    seen, above = {unit.device.gid}, unit
    while above.feeder is not None and above.feeder in units:
        above = units[above.feeder]
        if above.device.gid in seen:
            return unit
        seen.add(above.device.gid)
    return above


def _home(roots: Sequence[_Unit], members: Sequence[_Unit]) -> Home:
    suns = [
        Source(gid=unit.device.gid, channel=channel)
        for unit in members
        for channel in _seen(unit, ChannelRole.SUN)
    ]
    tells_of_sun = any(unit.device.has_sun for unit in members)
    return Home(
        name=next((unit.device.name for unit in roots if unit.device.name), None),
        panels=_gids(roots, DeviceKind.PANEL),
        meters=_gids(roots, DeviceKind.UTILITY_CONNECT),
        suns=tuple(suns) if suns or not tells_of_sun else (None,),
        batteries=tuple(_batteries(members)),
    )


def _gids(roots: Sequence[_Unit], kind: DeviceKind) -> tuple[int, ...]:
    return tuple(unit.device.gid for unit in roots if unit.device.kind is kind)


def _batteries(members: Sequence[_Unit]) -> list[Source | None]:
    """Circuits of batteries, and batteries that tell by themselves what runs through them.

    A battery under a circuit of one is counted in both: the circuit is told net of it.
    """
    circuits = {
        (unit.device.gid, channel.number)
        for unit in members
        for channel in _seen(unit, ChannelRole.BATTERY)
    }
    told = [
        Source(
            gid=unit.device.gid,
            channel=channel,
            is_within=(unit.device.parent, unit.device.parent_channel) in circuits,
        )
        for unit in members
        for channel in (
            unit.channels[:1]
            if unit.device.kind is DeviceKind.BATTERY
            else _seen(unit, ChannelRole.BATTERY)
        )
    ]
    is_there = any(unit.device.kind is DeviceKind.BATTERY for unit in members)
    return [None] if is_there and not told else [*told]


def _seen(unit: _Unit, role: ChannelRole) -> list[Channel]:
    return [each for each in unit.channels if each.role is role and not each.is_merged]
