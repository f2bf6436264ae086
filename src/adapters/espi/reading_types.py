"""Which ReadingType an IntervalBlock has: found by the addresses that entries link to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.errors import InvalidInput

MOST_LINKS = 100_000
"""What a file may have of MeterReadings, ReadingTypes and links between them."""

LEVELS = 4
"""So far above a block's address its MeterReading is looked for; real ones are one above."""

WATT_HOURS = 72
FORWARD, REVERSE = 1, 19
DELTA = 4


@dataclass(frozen=True, slots=True)
class ReadingType:
    """What counts, how finely, which way, and whether readings are differences."""

    unit: int = WATT_HOURS
    power: int = 0
    direction: int = FORWARD
    accumulation: int = DELTA

    @property
    def is_energy(self) -> bool:
        """Whether it is energy taken or given, by the reading."""
        return (
            self.unit == WATT_HOURS
            and self.direction in (FORWARD, REVERSE)
            and self.accumulation in (0, DELTA)
        )


class ReadingTypes:
    """Those of a file, whatever the order of its entries; bounded, for strangers write them."""

    def __init__(self) -> None:
        self._types: dict[str, ReadingType] = {}
        self._unlike: set[ReadingType] = set()
        self._related: dict[str, Sequence[str]] = {}
        self._links = 0

    def take(self, own: str, told: ReadingType) -> None:
        """Keep a ReadingType of this address; raises InvalidInput where there are too many."""
        self._count(1)
        self._types[own] = told
        self._unlike.add(told)

    def take_reading(self, own: str, related: Sequence[str]) -> None:
        """Keep what a MeterReading of this address links to; raises InvalidInput likewise."""
        self._count(1 + len(related))
        self._related[own] = related

    def of(self, up: str) -> ReadingType:
        """The one of a block that links up to there, once all are taken.

        Where the links lead nowhere and all are alike, it is that. Raises InvalidInput.
        """
        for address in _and_above(up):
            for related in self._related.get(address, ()):
                if related in self._types:
                    return self._types[related]
        if len(self._unlike) <= 1:
            return next(iter(self._unlike), ReadingType())
        raise InvalidInput("file: it can't be told which ReadingType an IntervalBlock has.")

    def _count(self, links: int) -> None:
        self._links += links
        if self._links > MOST_LINKS:
            raise InvalidInput(
                f"file: it has more than {MOST_LINKS:,} MeterReadings, ReadingTypes and links of "
                "theirs."
            )


def _and_above(address: str) -> Iterator[str]:
    """The address and those above it, by whole parts: 1 is not above 10."""
    for _ in range(LEVELS):
        if not address:
            return
        yield address
        address = address.rpartition("/")[0]
