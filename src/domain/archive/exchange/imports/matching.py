"""Which series each column of a file tells of: by names, or as its owner says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.header import Column, Header
from domain.archive.series import SeriesName
from domain.emporia.channels import MAINS, ChannelKind
from domain.emporia.devices import Customer, Device
from domain.errors import InvalidInput, UnknownSeries

MOST_MAPPED = 200
_LEG = re.compile(r"(.*-)mains_([abc])")
_OUTLET = re.compile(r"(_[0-9]+)?")
_HOW = "say which series it is: 'COLUMN=gid:channel'"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A column that nothing is taken of, and why."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The columns of each series, which are summed, and those that are left out."""

    series: Mapping[SeriesName, tuple[Column, ...]]
    unmatched: tuple[Unmatched, ...]

    def require_any(self) -> None:
        """Raise ImportRefused where nothing of the file is known."""
        if not self.series:
            first = self.unmatched[0]
            raise ImportRefused(f"no column is matched: '{first.column}', {first.reason}.", line=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the owner says of a file: its device, if it is of one, and series by column."""

    device: int | None = None
    columns: Mapping[str, SeriesName] = field(default_factory=dict)


def parse_mapping(texts: Sequence[str], *, name: str) -> dict[str, SeriesName]:
    """Read `COLUMN=gid:channel`, each of another column; raises InvalidInput."""
    if len(texts) > MOST_MAPPED:
        raise InvalidInput(f"{name}: there may be up to {MOST_MAPPED}.")
    mapping: dict[str, SeriesName] = {}
    for text in texts:
        column, equals, series = text.rpartition("=")
        column = column.strip()
        if not equals or not column:
            raise InvalidInput(
                f"{name}: '{text[:60]}' is not understood; write the column's name, '=' and the "
                "series, such as 'Home-Mains_A=1001:1,2,3'."
            )
        if column in mapping:
            raise InvalidInput(f"{name}: '{column[:60]}' is there twice.")
        mapping[column] = SeriesName.parse(series.strip())
    return mapping


def require_listed(wanted: Wanted, customer: Customer | None) -> None:
    """Raise UnknownDevice or UnknownSeries for what the account does not have.

    Where no list of its devices is known, nothing can be told.
    """
    if customer is None:
        return
    gids = {name.gid for name in wanted.columns.values()}
    customer.require(frozenset(gids if wanted.device is None else gids | {wanted.device}))
    for name in wanted.columns.values():
        if not customer.lists(name.gid, name.channel):
            raise UnknownSeries(
                f"column: device {name.gid} has no series '{name.channel}'; name one circuit, "
                f"such as {name.gid}:1, or the mains as {name.gid}:{MAINS}."
            )


def match(header: Header, wanted: Wanted, customer: Customer | None) -> Matched:
    """Find the series of every column; raises ImportRefused where two are one."""
    devices = [] if customer is None else _devices(customer)
    if wanted.device is not None:
        devices = [device for device in devices if device.gid == wanted.device]
    _require_columns(header, wanted)
    series: defaultdict[SeriesName, list[Column]] = defaultdict(list)
    unmatched = [Unmatched(text, "its unit is neither kWatts nor kWhs") for text in header.strange]
    is_only = len(header.columns) == 1
    for column in header.columns:
        said = wanted.columns.get(column.text) or wanted.columns.get(column.name)
        found = [said] if said else _found(column, wanted, devices, is_only=is_only)
        if len(found) == 1:
            series[found[0]].append(column)
        else:
            reason = "nothing of that name is listed" if not found else _several(found)
            unmatched.append(Unmatched(column.text, f"{reason}; {_HOW}"))
    _refuse_two_of_one(series, wanted)
    return Matched({name: tuple(columns) for name, columns in series.items()}, tuple(unmatched))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A device as its owner and Emporia name it, with all that it measures."""

    gid: int
    name: str
    channels: Mapping[str, tuple[str, ...]]
    """Numbers of circuits by name."""
    legs: frozenset[str]
    """Legs that are listed as what can be asked for alone."""


def _devices(customer: Customer) -> list[_Named]:
    """Each gid once: a monitor is listed as what is named, and within as what measures."""
    names: dict[int, str] = {}
    channels: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    legs: defaultdict[int, set[str]] = defaultdict(set)
    for device in _walk(customer.devices):
        names[device.gid] = names.get(device.gid) or _plain(device.name or "")
        for channel in device.channels:
            kind = ChannelKind.of(channel.number)
            if kind is ChannelKind.CIRCUIT and channel.name:
                channels[device.gid][_plain(channel.name)].append(channel.number)
            elif kind is ChannelKind.DERIVED:
                legs[device.gid].add(channel.number)
    return [
        _Named(
            gid=gid,
            name=name,
            channels={text: tuple(numbers) for text, numbers in channels[gid].items()},
            legs=frozenset(legs[gid]),
        )
        for gid, name in names.items()
    ]


def _walk(devices: Sequence[Device]) -> Iterator[Device]:
    for device in devices:
        yield device
        yield from _walk(device.devices)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _found(
    column: Column, wanted: Wanted, devices: Sequence[_Named], *, is_only: bool
) -> list[SeriesName]:
    """The series that can be meant, of the device with the longest name that fits."""
    name = _plain(column.name)
    is_said = wanted.device is not None
    hits = []
    for device in devices:
        rest = _rest(name, device, is_said=is_said)
        found = [] if rest is None else _within(rest, device, is_only=is_only, is_said=is_said)
        if found:
            hits.append((device, found))
    longest = max((len(device.name) for device, _ in hits), default=0)
    return [series for device, found in hits if len(device.name) == longest for series in found]


def _rest(name: str, device: _Named, *, is_said: bool) -> str | None:
    """What stands behind the device's name; all of it where the device is said by another."""
    rest = name.removeprefix(device.name)
    if device.name and rest != name and rest[:1] in ("", "-", "_"):
        return rest
    return f"-{name}" if is_said else None


def _within(rest: str, device: _Named, *, is_only: bool, is_said: bool) -> list[SeriesName]:
    """The series of a device, from the end of the text, for names have dashes in them."""
    leg = _LEG.fullmatch(rest)
    if leg is not None and (is_said or leg[1] == "-"):
        number = f"Mains_{leg[2].upper()}"
        return [SeriesName(device.gid, number if number in device.legs else MAINS)]
    fitting = [text for text in device.channels if rest.endswith(f"-{text}")]
    if fitting:
        return [SeriesName(device.gid, each) for each in device.channels[max(fitting, key=len)]]
    is_outlet = not device.channels and is_only and (is_said or _OUTLET.fullmatch(rest))
    return [SeriesName(device.gid, MAINS)] if is_outlet else []


def _several(found: Sequence[SeriesName]) -> str:
    return f"it may be any of {', '.join(map(str, found[:5]))}"


def _require_columns(header: Header, wanted: Wanted) -> None:
    names = {column.text for column in header.columns} | {column.name for column in header.columns}
    for column in wanted.columns:
        if column not in names:
            known = ", ".join(f"'{each.name}'" for each in header.columns[:5])
            raise ImportRefused(
                f"there is no column '{column[:60]}'; there are {known or 'none'}.", line=1
            )


def _refuse_two_of_one(series: Mapping[SeriesName, Sequence[Column]], wanted: Wanted) -> None:
    """Legs add up to the mains, and what is said adds up; all else is of one column."""
    for name, columns in series.items():
        told = [
            column
            for column in columns
            if column.text not in wanted.columns and column.name not in wanted.columns
        ]
        ends = {column.name[-len("Mains_A") :].casefold() for column in told}
        if told and len(columns) > 1 and (name.channel != MAINS or len(ends) < len(columns)):
            texts = " and ".join(f"'{column.text}'" for column in columns[:2])
            raise ImportRefused(f"{texts} are both {name}; {_HOW}.", line=1)
        if len({column.unit for column in columns}) > 1:
            raise ImportRefused(f"the columns of {name} are not of one unit.", line=1)
