"""Which series of an account make up a home's bill, and which are its circuits."""

from collections.abc import Iterable, Iterator

from domain.archive.series import SeriesName
from domain.emporia.channels import MAINS, Channel, ChannelKind, ChannelRole
from domain.emporia.devices import Device
from domain.emporia.home_power import Home


def mains_of(home: Home) -> list[SeriesName]:
    """What its panels take together; where it has none, what readers of the meter tell."""
    return [SeriesName(gid, MAINS) for gid in home.panels or home.meters]


def circuits_of(home: Home, devices: Iterable[Device]) -> list[SeriesName]:
    """The circuits of its panels that take power, each once; what nests in one is part of it."""
    found = {
        SeriesName(device.gid, channel.number): None
        for device in _walk(devices)
        if device.gid in home.panels
        for channel in device.channels
        if _takes(channel)
    }
    return list(found)


def _takes(channel: Channel) -> bool:
    return (
        ChannelKind.of(channel.number) is ChannelKind.CIRCUIT
        and channel.role is not ChannelRole.SUN
        and not channel.is_merged
    )


def _walk(devices: Iterable[Device]) -> Iterator[Device]:
    for device in devices:
        yield device
        yield from _walk(device.devices)
