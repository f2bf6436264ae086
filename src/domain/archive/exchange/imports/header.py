"""The first line of a file: the zone of its times, and what each column holds."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.archive.exchange.errors import ImportRefused

MOST_COLUMNS = 200
LONGEST_TEXT = 200

_TIME = re.compile(r"Time Bucket \(([^()]*)\)", re.IGNORECASE)
_VALUE = re.compile(r"(.+?) *\((kW(?:atts)?|kWhs?)\)", re.IGNORECASE)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


class Unit(StrEnum):
    """What a column counts in: mean power, or energy of the bucket."""

    KILOWATTS = "kWatts"
    KILOWATT_HOURS = "kWhs"

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """Read one of the two, in full or short."""
        return cls.KILOWATT_HOURS if text.casefold().startswith("kwh") else cls.KILOWATTS

    def kwh_of(self, width_seconds: int) -> float:
        """What one of it is in kWh, over a bucket of so many seconds."""
        return width_seconds / 3_600 if self is Unit.KILOWATTS else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of figures: `text` as it stands there, `name` without the unit."""

    place: int
    text: str
    name: str
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the first line says; `strange` are columns that are no energy."""

    zone: ZoneInfo
    columns: tuple[Column, ...]
    strange: tuple[str, ...]

    @property
    def cells(self) -> int:
        """How many each line has."""
        return 1 + len(self.columns) + len(self.strange)


def read_header(cells: Sequence[str]) -> Header:
    """Take the first line apart; raises ImportRefused."""
    texts = [cell.strip() for cell in cells]
    time = _TIME.fullmatch(texts[0]) if texts else None
    if time is None:
        raise _refused(
            "the first column has to be 'Time Bucket (<zone>)', as in a file that Emporia exports."
        )
    if not 2 <= len(texts) <= MOST_COLUMNS + 1:
        raise _refused(f"there have to be from 1 to {MOST_COLUMNS} columns beside the times.")
    columns, strange = [], []
    for place, text in enumerate(texts[1:], start=1):
        if len(text) > LONGEST_TEXT:
            raise _refused(f"column {place + 1} has a name of over {LONGEST_TEXT} characters.")
        if text in texts[1:place]:
            raise _refused(f"two columns are called '{text}'.")
        value = _VALUE.fullmatch(text)
        if value is None:
            strange.append(text)
            continue
        unit = Unit.parse(value[2])
        columns.append(Column(place=place, text=text, name=value[1], unit=unit))
    return Header(zone=_zone(time[1].strip()), columns=tuple(columns), strange=tuple(strange))


def _zone(text: str) -> ZoneInfo:
    """A name of the IANA's, never a path."""
    if _ZONE.fullmatch(text) and len(text) <= LONGEST_TEXT:
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(text)
    raise _refused(
        f"'{text[:60]}' is no time zone; name one of the IANA's, such as America/New_York."
    )


def _refused(reason: str) -> ImportRefused:
    return ImportRefused(reason, line=1)
