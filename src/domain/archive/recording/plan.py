"""What the recorder asks for, and in which order.

`getChartUsage` gives one channel and an hour of seconds, twelve hours of minutes, a week of quarter
hours or a month of hours a call. So all minutes of 18 channels cost 36 requests a day, and all
seconds of one channel 24. Emporia disliked this call in 2021 (issue 19 of PyEmVue): little is asked
for, and nothing twice. Times are whole seconds since 1970.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from domain.archive.recording.recorder import Recording, Seconds
from domain.archive.recording.retention import PUBLISHED_WITHIN_SECONDS, RETAINED_SECONDS
from domain.archive.series import SeriesName
from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS
from domain.emporia.usage import Scale

WINDOW_SECONDS = {
    Scale.SECOND: HOUR_SECONDS,
    Scale.MINUTE: 12 * HOUR_SECONDS,
    Scale.QUARTER_HOUR: 7 * DAY_SECONDS,
    Scale.HOUR: 31 * DAY_SECONDS,
}
"""What one request takes; windows begin at multiples of it."""

MOST_A_DAY = 200
"""What the recording of a day may take; where minutes of all do not fit, circuits go without."""

SOON_SECONDS = DAY_SECONDS
"""What Emporia forgets within that is asked for before anything else."""

Range = tuple[int, int]
"""From, and up to."""


class Turn(IntEnum):
    """What comes first."""

    FORGOTTEN_SOON = 0
    MINUTES = 1
    MAINS_SECONDS = 2
    OTHER_SECONDS = 3
    QUARTER_HOURS = 4
    HOURS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One request to Emporia. `is_of_the_day` tells those that come every day from the first fill.

    `forgotten_at` is when Emporia forgets the first of it; None is never.
    """

    name: SeriesName
    scale: Scale
    start: int
    end: int
    turn: Turn
    is_of_the_day: bool
    forgotten_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A stretch of a series that is wanted at this scale."""

    name: SeriesName
    scale: Scale
    start: int
    end: int
    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The series of an account: the mains of its panels first, and what its people chose.

    `first_known` is when each device began to measure, as far as is known: nothing is asked of the
    time before.
    """

    mains: Sequence[SeriesName]
    others: Sequence[SeriesName]
    recording: Recording
    first_known: Mapping[int, int]

    @property
    def has_minutes_of_all(self) -> bool:
        """Whether minutes of every series are recorded, or of the mains alone."""
        return self.recording.minutes and self._a_day(len(self.mains) + len(self.others)) <= (
            MOST_A_DAY
        )

    @property
    def requests_a_day(self) -> int:
        """What a day takes once the first fill is done."""
        everything = len(self.mains) + len(self.others)
        if not self.recording.minutes:
            with_minutes = 0
        else:
            with_minutes = everything if self.has_minutes_of_all else len(self.mains)
        weekly = everything - with_minutes
        return self._a_day(with_minutes) + -(-weekly // 7)

    def _a_day(self, with_minutes: int) -> int:
        seconds = {
            Seconds.OFF: 0,
            Seconds.MAINS: len(self.mains),
            Seconds.ALL: len(self.mains) + len(self.others),
        }[self.recording.seconds]
        return 2 * with_minutes + 24 * seconds

    def wishes(self, now: int) -> Iterator[Wish]:
        """All that is wanted and that Emporia still has; the finest there is of each stretch."""
        for is_mains, names in ((True, self.mains), (False, self.others)):
            for name in names:
                yield from self._of_series(name, is_mains=is_mains, now=now)

    def _of_series(self, name: SeriesName, *, is_mains: bool, now: int) -> Iterator[Wish]:
        first = self.first_known.get(name.gid, now)
        seconds = self.recording.seconds
        if seconds is Seconds.ALL or (seconds is Seconds.MAINS and is_mains):
            turn = Turn.MAINS_SECONDS if is_mains else Turn.OTHER_SECONDS
            yield from _wish(name, Scale.SECOND, first, now, now=now, turn=turn)
        fine = now
        if self.has_minutes_of_all or (self.recording.minutes and is_mains):
            yield from _wish(name, Scale.MINUTE, first, now, now=now, turn=Turn.MINUTES)
            fine = _oldest(Scale.MINUTE, now)
        yield from _wish(name, Scale.QUARTER_HOUR, first, fine, now=now, turn=Turn.QUARTER_HOURS)
        coarse = min(fine, _oldest(Scale.QUARTER_HOUR, now))
        yield from _wish(name, Scale.HOUR, first, coarse, now=now, turn=Turn.HOURS)


def _wish(
    name: SeriesName, scale: Scale, first: int, until: int, *, now: int, turn: Turn
) -> Iterator[Wish]:
    """What is retained of the stretch, up to the last whole window that is published."""
    start = max(first, _oldest(scale, now))
    width = WINDOW_SECONDS[scale]
    newest = (now - PUBLISHED_WITHIN_SECONDS[scale]) // width * width
    end = min(until, newest)
    if start < end:
        yield Wish(name=name, scale=scale, start=start, end=end, turn=turn)


def _oldest(scale: Scale, now: int) -> int:
    """The first second that Emporia is sure to have."""
    if scale not in RETAINED_SECONDS:
        return 0
    width = scale.seconds or 1
    return -(-(now - RETAINED_SECONDS[scale]) // width) * width


Gaps = Callable[[SeriesName, Scale, int, int], Iterable[Range]]
"""Which stretches of [start, end) nobody has asked for yet."""


def errands(recorded: Recorded, gaps: Gaps, *, now: int) -> list[Errand]:
    """All that is to be asked, what comes first in front."""
    made = [errand for wish in recorded.wishes(now) for errand in _errands_of(wish, gaps, now=now)]
    return sorted(made, key=lambda errand: _order(errand, now))


def _errands_of(wish: Wish, gaps: Gaps, *, now: int) -> Iterator[Errand]:
    """One for each window with a gap, as wide as the gap in it."""
    width = WINDOW_SECONDS[wish.scale]
    wanted: dict[int, Range] = {}
    for start, end in gaps(wish.name, wish.scale, wish.start, wish.end):
        while start < end:
            window = start // width * width
            upto = min(end, window + width)
            first, last = wanted.get(window, (start, upto))
            wanted[window] = min(first, start), max(last, upto)
            start = upto
    retained = RETAINED_SECONDS.get(wish.scale)
    of_the_day = now - max(DAY_SECONDS, width)
    for start, end in wanted.values():
        yield Errand(
            name=wish.name,
            scale=wish.scale,
            start=start,
            end=end,
            turn=wish.turn,
            is_of_the_day=wish.turn <= Turn.OTHER_SECONDS and end > of_the_day,
            forgotten_at=None if retained is None else start + retained,
        )


def _order(errand: Errand, now: int) -> tuple[int, int]:
    """What is about to be forgotten by when it is, the rest by turns and backwards in time."""
    if errand.forgotten_at is not None and errand.forgotten_at < now + SOON_SECONDS:
        return Turn.FORGOTTEN_SOON, errand.forgotten_at
    return errand.turn, -errand.start
