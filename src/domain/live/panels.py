"""Which panel's seconds are shown, and what the account lists of it."""

from collections.abc import Iterator, Sequence

from domain.accounts.keys import KeyLimits
from domain.emporia.channels import MAINS, Channel, ChannelKind
from domain.emporia.devices import Customer, Device
from domain.emporia.kinds import DeviceKind
from domain.errors import UnknownDevice
from domain.live.errors import ReplayWithoutPanel


def panel_to_show(
    customer: Customer, named: frozenset[int] | None, *, limits: KeyLimits | None
) -> int:
    """The gid of the panel that is named, where one is; else of the account's first on no other.

    An API key with limits sees the panels alone whose mains it may see. Raises UnknownDevice for a
    panel that it may not, and ReplayWithoutPanel where there is none to show.
    """
    panels = {each.gid for each in _walk(customer.devices) if each.kind is DeviceKind.PANEL}
    chosen = panels & (named or frozenset())
    if len(chosen) == 1:
        (gid,) = chosen
        if not customer.sees(gid, MAINS, limits=limits):
            raise UnknownDevice(f"devices: {gid} not found in the linked Emporia account.")
        return gid
    for home in customer.homes:
        for gid in home.panels:
            if customer.sees(gid, MAINS, limits=limits):
                return gid
    raise ReplayWithoutPanel


def circuits_of(customer: Customer, gid: int) -> tuple[Channel, ...]:
    """The circuits listed of a panel, those of the box with its inputs among them."""
    return tuple(
        channel
        for device in _walk(customer.devices)
        if device.gid == gid
        for channel in device.channels
        if ChannelKind.of(channel.number) is ChannelKind.CIRCUIT
    )


def _walk(devices: Sequence[Device]) -> Iterator[Device]:
    for device in devices:
        yield device
        yield from _walk(device.devices)
