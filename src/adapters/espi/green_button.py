"""Reads Green Button files: NAESB's ESPI in an Atom feed, as utilities hand them out.

An `IntervalBlock` names its `MeterReading` by a link, and that one its `ReadingType`, which tells
unit, power of ten, direction, and whether readings are differences or the meter's count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from application.ports.billing.utility_files import UtilityFiles
from domain.billing.utility.readings import Interval, UtilityReadings, hours_of
from domain.errors import InvalidInput

LARGEST_BYTES = 200_000_000
MOST_INTERVALS = 1_000_000
MOST_ELEMENTS_AT_ONCE = 200_000
"""An entry is read as a whole, and let go of; none that is real has more."""

ATOM, ESPI = "{http://www.w3.org/2005/Atom}", "{http://naesb.org/espi}"
WATT_HOURS = 72
MILLIJOULES_PER_WATT_HOUR = 3_600_000
FORWARD, REVERSE = 1, 19
DELTA = 4
POWERS = range(-12, 13)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a ReadingType says."""

    unit: int = WATT_HOURS
    power: int = 0
    direction: int = FORWARD
    accumulation: int = DELTA

    @property
    def is_energy(self) -> bool:
        return (
            self.unit == WATT_HOURS
            and self.direction in (FORWARD, REVERSE)
            and self.accumulation in (0, DELTA)
        )


@dataclass(slots=True)
class _Feed:
    """What of a file is known so far; links are the ends of addresses."""

    kinds: dict[str, _Kind] = field(default_factory=dict)
    kind_of_reading: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[tuple[str, list[tuple[int, int, int]]]] = field(default_factory=list)
    intervals: int = 0


class GreenButtonFiles(UtilityFiles):
    """Reads them piece by piece, with a parser that refuses entities."""

    def read(self, file: Path) -> UtilityReadings:
        """See UtilityFiles."""
        if file.stat().st_size > LARGEST_BYTES:
            raise InvalidInput(f"file: it is larger than {LARGEST_BYTES // 1_000_000} MB.")
        try:
            feed = _read(file)
        except DefusedXmlException:
            raise InvalidInput(
                "file: it defines entities, which no Green Button file does; it is not read."
            ) from None
        except ParseError as error:
            line, column = error.position
            raise InvalidInput(f"file: it is no XML: line {line}, column {column}.") from None
        if not feed.blocks:
            raise InvalidInput("file: there is no IntervalBlock in it; is it a Green Button file?")
        return _readings(feed)


def _read(file: Path) -> _Feed:
    feed = _Feed()
    waiting = 0
    root: Element | None = None
    for event, element in iterparse(file, events=("start", "end")):
        if event == "start":
            root = element if root is None else root
            waiting += 1
            if waiting > MOST_ELEMENTS_AT_ONCE:
                raise InvalidInput("file: an entry of it has too many parts.")
        elif element.tag == f"{ATOM}entry":
            _take(feed, element)
            assert root is not None  # noqa: S101 - an element that ends has begun
            root.clear()
            waiting = 0
    return feed


def _take(feed: _Feed, entry: Element) -> None:
    links = {
        rel: [link.get("href", "") for link in entry.iter(f"{ATOM}link") if link.get("rel") == rel]
        for rel in ("self", "up", "related")
    }
    own = next(iter(links["self"]), "")
    for kind in entry.iter(f"{ESPI}ReadingType"):
        feed.kinds[own] = _kind(kind)
    if entry.find(f".//{ESPI}MeterReading") is not None:
        feed.kind_of_reading[own] = links["related"]
    up = next(iter(links["up"]), "")
    for block in entry.iter(f"{ESPI}IntervalBlock"):
        told = [
            (
                _number(reading, "timePeriod/start"),
                _number(reading, "timePeriod/duration"),
                _number(reading, "value"),
            )
            for reading in block.iter(f"{ESPI}IntervalReading")
        ]
        feed.intervals += len(told)
        if feed.intervals > MOST_INTERVALS:
            raise InvalidInput(f"file: it has more than {MOST_INTERVALS:,} readings.")
        feed.blocks.append((up, told))


def _kind(element: Element) -> _Kind:
    power = _number(element, "powerOfTenMultiplier", absent=0)
    if power not in POWERS:
        raise InvalidInput(f"file: a powerOfTenMultiplier of {power} is no such power.")
    return _Kind(
        unit=_number(element, "uom", absent=WATT_HOURS),
        power=power,
        direction=_number(element, "flowDirection", absent=FORWARD),
        accumulation=_number(element, "accumulationBehaviour", absent=DELTA),
    )


def _number(element: Element, path: str, *, absent: int | None = None) -> int:
    found = element.findtext("/".join(f"{ESPI}{name}" for name in path.split("/")))
    if found is None and absent is not None:
        return absent
    try:
        return int((found or "")[:20])
    except ValueError:
        raise InvalidInput(
            f"file: {path} of a reading is '{(found or '')[:20]}', which is no whole number."
        ) from None


def _readings(feed: _Feed) -> UtilityReadings:
    left_out = 0
    told: list[Interval] = []
    for up, intervals in feed.blocks:
        kind = _kind_of(feed, up)
        if not kind.is_energy:
            left_out += 1
            continue
        told.extend(_of_kind(kind, intervals))
    sentence = f"{left_out:,} blocks are not of energy taken or given, and were left out."
    return UtilityReadings(hours=hours_of(told), left_out=(sentence,) if left_out else ())


def _of_kind(kind: _Kind, intervals: list[tuple[int, int, int]]) -> Iterator[Interval]:
    for start, seconds, value in intervals:
        scaled = value * MILLIJOULES_PER_WATT_HOUR
        energy = scaled * 10**kind.power if kind.power >= 0 else round(scaled / 10**-kind.power)
        yield Interval(start, seconds, energy, kind.direction == REVERSE)


def _kind_of(feed: _Feed, up: str) -> _Kind:
    """By the links; where they lead nowhere and there is one kind, it is that."""
    for reading, kinds in feed.kind_of_reading.items():
        if reading and up.startswith(reading):
            for kind in kinds:
                if kind in feed.kinds:
                    return feed.kinds[kind]
    if len(feed.kinds) <= 1:
        return next(iter(feed.kinds.values()), _Kind())
    raise InvalidInput("file: it can't be told which ReadingType an IntervalBlock has.")
