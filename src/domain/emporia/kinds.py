"""Which kind of device it is: told by model and serial number, by channels only without them."""

from enum import Enum, auto


class DeviceKind(Enum):
    """What a device measures."""

    PANEL = auto()
    """A Vue 1, 2 or 3: a panel's mains and its circuits."""
    UTILITY_CONNECT = auto()
    """A reader of the utility's own meter."""
    PLUG = auto()
    CHARGER = auto()
    BATTERY = auto()
    EXPANSION = auto()
    """The box with a monitor's circuit inputs; it has its monitor's gid."""
    UNKNOWN = auto()


_BY_MODEL = {
    "VUE": DeviceKind.PANEL,
    "SSO": DeviceKind.PLUG,
    "VVD": DeviceKind.CHARGER,
    "BAT": DeviceKind.BATTERY,
    "WAT": DeviceKind.EXPANSION,
}
_BY_SERIAL = {
    "0": DeviceKind.PANEL,
    "X": DeviceKind.PANEL,
    "A": DeviceKind.PANEL,
    "F": DeviceKind.PANEL,
    "Z": DeviceKind.UTILITY_CONNECT,
    "B": DeviceKind.PLUG,
    "D": DeviceKind.CHARGER,
    "S": DeviceKind.BATTERY,
}


def kind_of(model: str | None, serial: str | None, *, has_circuits: bool) -> DeviceKind:
    """The kind that the model names, else the serial's first letter.

    A device of an unheard-of model and serial is a panel if circuits are listed for it. That one
    has a single channel says nothing: a panel that is offline lists no more.
    """
    by_model = _BY_MODEL.get((model or "")[:3].upper())
    if by_model is not None:
        return by_model
    if (serial or "")[:2].upper() == "SX":
        return DeviceKind.EXPANSION
    by_serial = _BY_SERIAL.get((serial or "")[:1].upper())
    if by_serial is not None:
        return by_serial
    return DeviceKind.PANEL if has_circuits else DeviceKind.UNKNOWN
