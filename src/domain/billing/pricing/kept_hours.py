"""What the archive keeps of hours, as pricing takes it."""

from array import array
from collections.abc import Iterator, Sequence
from operator import add, sub

from domain.archive.hours import NO_SOURCE, QUARTERS, SOURCES
from domain.archive.months import SOURCE, Month
from domain.billing.pricing.metered import Metered
from domain.emporia.usage import Scale

HOURLY = SOURCES[Scale.HOUR]


def metered_of(months: Sequence[Month]) -> Metered:
    """The hours of at least one month, without a gap between them.

    Where Emporia's own hour is the source, its net stands for its parts.
    """
    quarters, positive, known = array("q"), array("q"), array("H")
    for month in months:
        quarters += month.quarters
        positive += month.positive
        known += month.known_seconds
    sources = bytes(kind & SOURCE for month in months for kind in month.kinds)
    nets = _nets(quarters)
    imported = positive[:]
    exported = array("q", map(sub, positive, nets))
    for place in _places(sources, HOURLY):
        imported[place], exported[place] = max(0, nets[place]), max(0, -nets[place])
    return Metered(
        start=months[0].start,
        imported=imported,
        exported=exported,
        known_seconds=known,
        netted=bytes(source == HOURLY for source in sources),
        quarters=quarters,
        held=bytes(source not in (NO_SOURCE, HOURLY) for source in sources),
    )


def home_of(mains: Sequence[Sequence[Month]]) -> Metered:
    """The home whose mains are these series, at least one. A year of two panels takes 0.1 s."""
    return together([metered_of(months) for months in mains])


def together(meters: Sequence[Metered]) -> Metered:
    """What several panels take and give as one home: at least one, over the same hours.

    What one gives another may take, and the utility's meter sees neither. So where both happen in
    an hour, the home's quarter hours tell what was taken and given, each by its net; where they are
    not held, the hour's net does. An hour is known as long as the least known of them.
    """
    first, *others = meters
    if not others:
        return first
    imported, exported, quarters = first.imported, first.exported, first.quarters
    known, held, netted = first.known_seconds, first.held, first.netted
    for other in others:
        imported = array("q", map(add, imported, other.imported))
        exported = array("q", map(add, exported, other.exported))
        quarters = array("q", map(add, quarters, other.quarters))
        known = array("H", map(min, known, other.known_seconds))
        held = bytes(map(min, held, other.held))
        netted = bytes(map(max, netted, other.netted))
    marks = bytearray(netted)
    for place, (taken, given) in enumerate(zip(imported, exported, strict=True)):
        if not (taken and given):
            continue
        if held[place]:
            nets = quarters[place * QUARTERS : (place + 1) * QUARTERS]
        else:
            nets, marks[place] = array("q", [taken - given]), 1
        imported[place] = sum(max(0, net) for net in nets)
        exported[place] = sum(max(0, -net) for net in nets)
    return Metered(
        start=first.start,
        imported=imported,
        exported=exported,
        known_seconds=known,
        netted=bytes(marks),
        quarters=quarters,
        held=held,
    )


def _nets(quarters: "array[int]") -> "array[int]":
    first, second, third, fourth = (quarters[place::QUARTERS] for place in range(QUARTERS))
    return array("q", map(add, map(add, first, second), map(add, third, fourth)))


def _places(sources: bytes, source: int) -> Iterator[int]:
    place = sources.find(source)
    while place >= 0:
        yield place
        place = sources.find(source, place + 1)
