"""What a frame of the stream says, as the rows of a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.emporia.usage import Document
from entrypoints.watch.home import HomeFigures, KnownHome, circuit_key
from entrypoints.watch.legible import legible

MAINS = "1,2,3"
BALANCE = "Balance"
"""What the circuits of a panel leave of its mains."""
NAMELESS = "Main"
"""What Emporia calls the mains of every device, which tells none of them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A circuit or the mains of a device. None is an unknown, which is not zero.

    `share` is the part that it draws of what its home uses; unknown where that is nothing, where it
    gives, or where it is a battery: what that draws is stored.
    """

    key: str
    name: str
    depth: int
    watts: float | None
    share: float | None

    @property
    def is_rest(self) -> bool:
        """Whether it is what no circuit measures."""
        return self.key.endswith(f"/{BALANCE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sample: when it was, what the homes use, and every row from top to bottom."""

    instant: str
    homes: tuple[HomeFigures, ...]
    rows: tuple[Row, ...]


def read(usages: Document, *, home: KnownHome, homes: Sequence[HomeFigures] = ()) -> Reading:
    """Read the `deviceListUsages` of a frame that tells watts, and its homes."""
    devices = sorted(usages["devices"], key=_panels_first)
    batteries = frozenset(key for each in homes for key in each.battery_keys)
    rows = [
        replace(row, share=None) if row.key in batteries else row
        for device in devices
        for row in _rows(
            device, depth=0, used=_used_watts(device["deviceGid"], homes), names=home.names
        )
    ]
    return Reading(instant=legible(usages["instant"]), homes=tuple(homes), rows=tuple(rows))


def _panels_first(device: Document) -> tuple[int, int]:
    """Emporia's order varies from answer to answer, a table's should not."""
    return -len(device["channelUsages"]), device["deviceGid"]


def _used_watts(gid: int, homes: Sequence[HomeFigures]) -> float | None:
    """What the device's home uses. Of several, only panels tell to which they belong."""
    if len(homes) == 1:
        return homes[0].watts
    return next((home.watts for home in homes if gid in home.gids), None)


def _rows(
    device: Document, *, depth: int, used: float | None, names: Mapping[int, str]
) -> Iterator[Row]:
    """The mains, its circuits one step further in, and what hangs on them below each."""
    for channel in sorted(device["channelUsages"], key=_mains_first):
        number = channel["channelNum"]
        is_mains = number == MAINS
        watts = channel["watts"]
        inner = depth if is_mains else depth + 1
        yield Row(
            key=circuit_key(device["deviceGid"], number),
            name=_device_name(device, channel, names) if is_mains else _circuit_name(channel),
            depth=inner,
            watts=watts,
            share=_share(watts, used),
        )
        for nested in channel.get("nestedDevices") or ():
            yield from _rows(nested, depth=inner + 1, used=used, names=names)


def _share(watts: float | None, used: float | None) -> float | None:
    if watts is None or watts < 0 or used is None or used <= 0:
        return None
    return watts / used


def _mains_first(channel: Document) -> tuple[int, int]:
    number = channel["channelNum"]
    if number == MAINS:
        return 0, 0
    return (1, int(number)) if number.isdecimal() else (2, 0)


def _device_name(device: Document, channel: Document, names: Mapping[int, str]) -> str:
    gid, name = device["deviceGid"], channel.get("name")
    return legible(names.get(gid) or (name if name and name != NAMELESS else f"Device {gid}"))


def _circuit_name(channel: Document) -> str:
    return legible(channel.get("name") or f"Circuit {channel['channelNum']}")
