"""What a meter told, slot by slot: the columns that pricing sums."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from domain.archive.hours import QUARTER_SECONDS, QUARTERS
from domain.archive.spans import HOUR_SECONDS

NOT_HELD = -1
"""Stands for a peak where quarter hours are not held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteredHour:
    """An hour from `start`, in seconds since 1970 (UTC); energy in millijoules.

    `imported` and `exported` are what was taken and given within it, neither negative. `quarters`
    are the nets of its quarter hours; None where they are not held. `netted` says that only the net
    of the hour is known, which then stands for its parts.
    """

    start: int
    imported: int
    exported: int = 0
    known_seconds: int = HOUR_SECONDS
    quarters: tuple[int, int, int, int] | None = None
    netted: bool = False


@dataclass(frozen=True, kw_only=True)
class Metered:
    """Slots in a row from `start`, of an hour or a quarter each; each figure in its own column.

    Energy is in millijoules. `netted` has a 1 where only the net is known. `quarters` holds the
    nets of the quarter hours, four a slot of an hour, one a slot of a quarter; `held` has a 1 for
    slots of which they are held.
    """

    start: int
    imported: "array[int]"
    exported: "array[int]"
    known_seconds: "array[int]"
    netted: bytes
    quarters: "array[int]"
    held: bytes
    slot_seconds: int = HOUR_SECONDS

    @classmethod
    def nothing(cls, start: int, count: int, slot_seconds: int = HOUR_SECONDS) -> "Metered":
        """So many slots of which nothing is known."""
        nets = count * slot_seconds // QUARTER_SECONDS
        return cls(
            start=start,
            imported=array("q", bytes(8 * count)),
            exported=array("q", bytes(8 * count)),
            known_seconds=array("H", bytes(2 * count)),
            netted=bytes(count),
            quarters=array("q", bytes(8 * nets)),
            held=bytes(count),
            slot_seconds=slot_seconds,
        )

    @classmethod
    def of_hours(cls, hours: Iterable[MeteredHour], *, start: int, end: int) -> "Metered":
        """The hours of [start, end), in whatever order; what is left out is unknown."""
        count = (end - start) // HOUR_SECONDS
        told = cls.nothing(start, count)
        netted, held = bytearray(count), bytearray(count)
        for hour in hours:
            place = (hour.start - start) // HOUR_SECONDS
            if not 0 <= place < count:
                continue
            told.imported[place] = hour.imported
            told.exported[place] = hour.exported
            told.known_seconds[place] = hour.known_seconds
            netted[place] = hour.netted
            if hour.quarters is not None:
                held[place] = 1
                told.quarters[place * QUARTERS : (place + 1) * QUARTERS] = array("q", hour.quarters)
        return cls(
            start=start,
            imported=told.imported,
            exported=told.exported,
            known_seconds=told.known_seconds,
            netted=bytes(netted),
            quarters=told.quarters,
            held=bytes(held),
        )

    def hour(self, start: int) -> MeteredHour:
        """The hour that begins at this second, where slots are hours."""
        place = (start - self.start) // HOUR_SECONDS
        first, second, third, fourth = self.quarters[place * QUARTERS : (place + 1) * QUARTERS]
        return MeteredHour(
            start=start,
            imported=self.imported[place],
            exported=self.exported[place],
            known_seconds=self.known_seconds[place],
            quarters=(first, second, third, fourth) if self.held[place] else None,
            netted=bool(self.netted[place]),
        )

    @property
    def count(self) -> int:
        """How many slots there are."""
        return len(self.imported)

    @property
    def end(self) -> int:
        """Where the last one ends."""
        return self.start + self.count * self.slot_seconds

    @property
    def quarters_a_slot(self) -> int:
        """Four, or one."""
        return self.slot_seconds // QUARTER_SECONDS

    @cached_property
    def peaks(self) -> "array[int]":
        """What was taken in the highest quarter of each slot; NOT_HELD where that is not known."""
        step = self.quarters_a_slot
        columns = [self.quarters[place::step] for place in range(step)]
        highest = map(max, [0] * self.count, *columns)
        return array(
            "q",
            [
                peak if is_held else NOT_HELD
                for peak, is_held in zip(highest, self.held, strict=True)
            ],
        )

    def over(self, start: int, end: int) -> "Metered":
        """The slots of [start, end), those beyond its own unknown."""
        if (start, end) == (self.start, self.end):
            return self
        first, last = ((at - self.start) // self.slot_seconds for at in (start, end))
        before, after = max(0, -first), max(0, last - self.count)
        lower, upper = max(0, first), max(0, last)
        step = self.quarters_a_slot

        def cut(column: "array[int]", width: int = 1) -> "array[int]":
            size = column.itemsize * width
            kept = column[lower * width : upper * width]
            return array(
                column.typecode, bytes(before * size) + kept.tobytes() + bytes(after * size)
            )

        def cut_marks(marks: bytes) -> bytes:
            return bytes(before) + marks[lower:upper] + bytes(after)

        return Metered(
            start=start,
            imported=cut(self.imported),
            exported=cut(self.exported),
            known_seconds=cut(self.known_seconds),
            netted=cut_marks(self.netted),
            quarters=cut(self.quarters, step),
            held=cut_marks(self.held),
            slot_seconds=self.slot_seconds,
        )
