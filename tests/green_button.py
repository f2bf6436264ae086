"""Green Button files as a utility makes them, of hours that a test chooses."""

from collections.abc import Sequence
from pathlib import Path

READING = "https://utility.example/espi/UsagePoint/1/MeterReading/"
KIND = "https://utility.example/espi/ReadingType/"
HOUR_SECONDS = 3600


def entry(own: str, content: str, *links: tuple[str, str]) -> str:
    """An Atom entry with these links."""
    told = "".join(f'<link rel="{rel}" href="{href}"/>' for rel, href in (("self", own), *links))
    return f"<entry>{told}<content>{content}</content></entry>"


def kind(number: int, *, direction: int = 1, uom: int = 72, power: int = 0, more: str = "") -> str:
    """A ReadingType: 1 is taken, 19 is given; 72 is Wh."""
    return entry(
        f"{KIND}{number}",
        f'<ReadingType xmlns="http://naesb.org/espi">{more}<flowDirection>{direction}</flowDirection>'
        f"<powerOfTenMultiplier>{power}</powerOfTenMultiplier><uom>{uom}</uom></ReadingType>",
    )


def reading(number: int) -> str:
    """The MeterReading of the ReadingType of this number."""
    return entry(
        f"{READING}{number}",
        '<MeterReading xmlns="http://naesb.org/espi"/>',
        ("related", f"{KIND}{number}"),
    )


def block(
    number: int, start: int, watt_hours: Sequence[object], seconds: int = HOUR_SECONDS
) -> str:
    """Readings in a row from a second on."""
    told = "".join(
        f"<IntervalReading><timePeriod><duration>{seconds}</duration>"
        f"<start>{start + at * seconds}</start></timePeriod><value>{each}</value></IntervalReading>"
        for at, each in enumerate(watt_hours)
    )
    return entry(
        f"{READING}{number}/IntervalBlock/{start}",
        f'<IntervalBlock xmlns="http://naesb.org/espi">{told}</IntervalBlock>',
        ("up", f"{READING}{number}/IntervalBlock"),
    )


def write(file: Path, *entries: str, before: str = "") -> Path:
    """Put them into a feed."""
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>'
    file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>{before}{feed}')
    return file
