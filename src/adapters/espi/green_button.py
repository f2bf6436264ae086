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

from adapters.espi.reading_types import (
    DELTA,
    FORWARD,
    REVERSE,
    WATT_HOURS,
    ReadingType,
    ReadingTypes,
)
from application.ports.billing.utility_files import UtilityFiles
from domain.billing.utility.readings import Interval, UtilityReadings, hours_of
from domain.errors import InvalidInput

LARGEST_BYTES = 200_000_000
MOST_INTERVALS = 1_000_000
MOST_ELEMENTS_AT_ONCE = 200_000
"""An entry is read as a whole, and let go of; none that is real has more."""

ATOM, ESPI = "{http://www.w3.org/2005/Atom}", "{http://naesb.org/espi}"
MILLIJOULES_PER_WATT_HOUR = 3_600_000
POWERS = range(-12, 13)
MOST_MEGAWATT_HOURS = 200
"""No reading of a home's meter has more; sums of readings fit into what hours are kept in."""

MOST_MILLIJOULES = MOST_MEGAWATT_HOURS * 1_000_000 * MILLIJOULES_PER_WATT_HOUR


@dataclass(slots=True)
class _Feed:
    """What of a file is known so far: its blocks by where they link up to."""

    types: ReadingTypes = field(default_factory=ReadingTypes)
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
        except (LookupError, ValueError):  # what the parser makes of an encoding it can't take
            raise InvalidInput(
                "file: its encoding is not known here; send it in UTF-8, UTF-16 or ISO-8859-1."
            ) from None
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
        rel: [
            link.get("href", "").rstrip("/")
            for link in entry.iter(f"{ATOM}link")
            if link.get("rel") == rel
        ]
        for rel in ("self", "up", "related")
    }
    own = next(iter(links["self"]), "")
    for kind in entry.iter(f"{ESPI}ReadingType"):
        feed.types.take(own, _type(kind))
    if entry.find(f".//{ESPI}MeterReading") is not None:
        feed.types.take_reading(own, links["related"])
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
        if told:
            feed.blocks.append((up, told))


def _type(element: Element) -> ReadingType:
    power = _number(element, "powerOfTenMultiplier", absent=0)
    if power not in POWERS:
        raise InvalidInput(f"file: a powerOfTenMultiplier of {power} is no such power.")
    return ReadingType(
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
    no_energy = 0
    told: list[Interval] = []
    for up, intervals in feed.blocks:
        kind = feed.types.of(up)
        if not kind.is_energy:
            no_energy += 1
            continue
        told.extend(_of_kind(kind, intervals))
    hours = hours_of(told)
    outside = sum(1 for reading in told if not reading.is_of(hours))
    return UtilityReadings(hours=hours, left_out=tuple(_left_out(no_energy, outside)))


def _of_kind(kind: ReadingType, intervals: list[tuple[int, int, int]]) -> Iterator[Interval]:
    for start, seconds, value in intervals:
        scaled = value * MILLIJOULES_PER_WATT_HOUR
        energy = scaled * 10**kind.power if kind.power >= 0 else round(scaled / 10**-kind.power)
        if abs(energy) > MOST_MILLIJOULES:
            raise InvalidInput(
                f"file: a reading of {value} with a powerOfTenMultiplier of {kind.power} is more "
                f"than {MOST_MEGAWATT_HOURS} MWh, the most that is taken."
            )
        yield Interval(start, seconds, energy, kind.direction == REVERSE)


def _left_out(no_energy: int, outside: int) -> Iterator[str]:
    if no_energy:
        yield f"{no_energy:,} blocks are not of energy taken or given, and were left out."
    if outside:
        yield (
            f"{outside:,} readings are of no whole hour, or contradict others of theirs, and were "
            "left out."
        )
