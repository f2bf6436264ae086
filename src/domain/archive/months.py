"""The hours of a month, kept together: twelve of them are a year, read in two milliseconds."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.archive.hours import NO_SOURCE, NOTHING, QUARTERS, SOURCES, Hour, Quarters, better
from domain.archive.spans import HOUR_SECONDS, month_at
from domain.emporia.flow import Parts, split
from domain.emporia.usage import Scale

SOURCE = 15
SETTLED, IMPORTED, AVERAGED = 16, 32, 64
"""Stand beside an hour's source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The hours of a month (UTC) from `start`, each figure in a column of its own.

    `quarters` holds four numbers an hour, `kinds` the source and what stands beside it. Derived of
    the chunks: it can be thrown away and made anew. The columns change in place.
    """

    start: int
    quarters: "array[int]"
    positive: "array[int]"
    known_seconds: "array[int]"
    kinds: bytearray

    @classmethod
    def empty(cls, at: int) -> "Month":
        """The month of this second, of which nothing is known."""
        start, end = month_at(at)
        count = (end - start) // HOUR_SECONDS
        return cls(
            start=start,
            quarters=array("q", bytes(8 * QUARTERS * count)),
            positive=array("q", bytes(8 * count)),
            known_seconds=array("H", bytes(2 * count)),
            kinds=bytearray(count),
        )

    def hour(self, at: int) -> Hour:
        """The hour that begins at this second."""
        place = (at - self.start) // HOUR_SECONDS
        first, second, third, fourth = self.quarters[place * QUARTERS : (place + 1) * QUARTERS]
        quarters: Quarters = first, second, third, fourth
        return Hour(
            source=self.kinds[place] & SOURCE,
            quarters=quarters,
            positive=self.positive[place],
            known_seconds=self.known_seconds[place],
            is_settled=bool(self.kinds[place] & SETTLED),
            is_imported=bool(self.kinds[place] & IMPORTED),
            is_averaged=bool(self.kinds[place] & AVERAGED),
        )

    def take(self, hours: Mapping[int, Hour], scale: Scale) -> None:
        """Put these in by their starts, made anew of this scale; a better source stays."""
        for at, hour in hours.items():
            held = self.hour(at)
            if held.source == SOURCES[scale]:
                held = replace(NOTHING, is_settled=held.is_settled)
            self.put(at, better(hour, held))

    def put(self, at: int, hour: Hour) -> None:
        """Let the hour that begins at this second be that one."""
        place = (at - self.start) // HOUR_SECONDS
        self.quarters[place * QUARTERS : (place + 1) * QUARTERS] = array("q", hour.quarters)
        self.positive[place] = hour.positive
        self.known_seconds[place] = hour.known_seconds
        self.kinds[place] = (
            hour.source
            | (SETTLED if hour.is_settled else 0)
            | (IMPORTED if hour.is_imported else 0)
            | (AVERAGED if hour.is_averaged else 0)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What is known of a stretch of time, in millijoules, and of how many of its seconds.

    `is_settled` says that nobody need ask for more of it.
    """

    millijoules: int
    known_seconds: int
    is_settled: bool
    is_imported: bool = False
    is_averaged: bool = False

    def __add__(self, other: "Total") -> "Total":
        """Both stretches together."""
        return Total(
            millijoules=self.millijoules + other.millijoules,
            known_seconds=self.known_seconds + other.known_seconds,
            is_settled=self.is_settled and other.is_settled,
            is_imported=self.is_imported or other.is_imported,
            is_averaged=self.is_averaged and other.is_averaged,
        )


class Timeline:
    """Months in a row, of which any stretch of whole quarter hours can be summed."""

    def __init__(self, months: Sequence[Month]) -> None:
        """Of at least one month, without a gap between them."""
        self._start = months[0].start
        self._quarters, self._positive, self._known_seconds = array("q"), array("q"), array("H")
        self._kinds = b"".join(bytes(month.kinds) for month in months)
        for month in months:
            self._quarters += month.quarters
            self._positive += month.positive
            self._known_seconds += month.known_seconds
        self._beside = {
            flag: bytes(kind & flag for kind in self._kinds)
            for flag in (SETTLED, IMPORTED, AVERAGED)
        }

    def source(self, at: int) -> int:
        """The source of the hour that holds this second, one of SOURCES or NO_SOURCE."""
        return self._kinds[(at - self._start) // HOUR_SECONDS] & SOURCE

    def parts(self, start: int, end: int) -> Parts | None:
        """What was drawn and given in [start, end), an hour or a part of one.

        None unless all of it is known. Of a part, and of Emporia's own hours, it is netted.
        """
        total = self.total(start, end)
        if total.known_seconds < end - start:
            return None
        if end - start < HOUR_SECONDS or self.source(start) == SOURCES[Scale.HOUR]:
            return split(total.millijoules, is_netted=True)
        drawn = self._positive[(start - self._start) // HOUR_SECONDS]
        return Parts(drawn, drawn - total.millijoules)

    def total(self, start: int, end: int) -> Total:
        """The sum of [start, end), in seconds since 1970, within the months.

        Of an hour that an edge cuts, and of which there are no quarters, nothing is known.
        """
        first = -((self._start - start) // HOUR_SECONDS)
        last = (end - self._start) // HOUR_SECONDS
        if first > last:
            return self._piece(start, end)
        total = self._hours(first, last)
        if start < self._start + first * HOUR_SECONDS:
            total += self._piece(start, self._start + first * HOUR_SECONDS)
        if end > self._start + last * HOUR_SECONDS:
            total += self._piece(self._start + last * HOUR_SECONDS, end)
        return total

    def _hours(self, first: int, last: int) -> Total:
        return Total(
            millijoules=sum(self._quarters[first * QUARTERS : last * QUARTERS]),
            known_seconds=sum(self._known_seconds[first:last]),
            is_settled=0 not in self._beside[SETTLED][first:last],
            is_imported=IMPORTED in self._beside[IMPORTED][first:last],
            is_averaged=first == last or 0 not in self._beside[AVERAGED][first:last],
        )

    def _piece(self, start: int, end: int) -> Total:
        """A part of one hour. Where not all of that is known, the part has its share of it."""
        place = (start - self._start) // HOUR_SECONDS
        is_settled = bool(self._beside[SETTLED][place])
        if self.source(start) == NO_SOURCE:
            return Total(millijoules=0, known_seconds=0, is_settled=is_settled)
        if self.source(start) == SOURCES[Scale.HOUR]:
            return Total(millijoules=0, known_seconds=0, is_settled=False)
        first, last = ((at - self._start) * QUARTERS // HOUR_SECONDS for at in (start, end))
        return Total(
            millijoules=sum(self._quarters[first:last]),
            known_seconds=self._known_seconds[place] * (end - start) // HOUR_SECONDS,
            is_settled=is_settled,
            is_imported=bool(self._beside[IMPORTED][place]),
            is_averaged=bool(self._beside[AVERAGED][place]),
        )
