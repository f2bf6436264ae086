"""What draws (or makes) power, as formulas of time whose integral is exact and costs the same
over a second as over a year."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

DAY_SECONDS = 86_400
YEAR_SECONDS = 31_556_952
JOULES_PER_KWH = 3_600_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A run of power that repeats for ever; time is the home's local clock, in whole seconds.

    Within a run the power is `watts` (of a bell: its peak), rippled by `ripple` of itself
    `ripples` times. Both are written as cosines that fit the run a whole number of times, so a
    full run's energy is its mean power times its length, and a part's is a sum of products: no
    difference of large antiderivatives ever costs digits.
    """

    watts: float
    period_seconds: int = DAY_SECONDS
    begins_seconds: int = 0
    lasts_seconds: int = DAY_SECONDS
    bell: bool = False
    ripples: int = 0
    ripple: float = 0.03
    rhythm: tuple[float, ...] = (1.0,)
    """The strength of one run after the other, over and over."""
    season: float = 0.0
    """How much stronger the runs are on `season_peak_day` than on the average day."""
    season_peak_day: int = 0

    def joules(self, start: int, end: int) -> float:
        """The exact integral of the power over [start, end)."""
        first, since = divmod(start - self.begins_seconds, self.period_seconds)
        last, until = divmod(end - self.begins_seconds, self.period_seconds)
        if first == last:
            part = self._run_joules(since, until)
            return part * self._strength(first) if part else 0.0
        return (
            self._run_joules(since, self.period_seconds) * self._strength(first)
            + self._full_run * self._strengths(first + 1, last)
            + self._run_joules(0, until) * self._strength(last)
        )

    @property
    def _full_run(self) -> float:
        return self.watts * self.lasts_seconds * (0.5 if self.bell else 1.0)

    def _run_joules(self, since: int, until: int) -> float:
        """The energy of one run between two moments counted from its beginning."""
        lasts = self.lasts_seconds
        until = min(until, lasts)
        if since >= until:
            return 0.0
        width = until - since
        if width == lasts:
            return self._full_run
        half, middle = math.pi * width / lasts, math.pi * (since + until) / lasts
        waves = 0.0
        for times, weight in self._harmonics():
            waves += weight / times * math.sin(times * half) * math.cos(times * middle)
        return self._full_run / lasts * (width + waves * lasts / math.pi)

    def _harmonics(self) -> tuple[tuple[int, float], ...]:
        """The cosines of (1 + ripple cos kx), or of that times (1 - cos x) for a bell."""
        ripple = ((self.ripples, self.ripple),) if self.ripples else ()
        if not self.bell:
            return ripple
        if not ripple:
            return ((1, -1.0),)
        sides = ((self.ripples + 1, -self.ripple / 2), (self.ripples - 1, -self.ripple / 2))
        return ((1, -1.0), *ripple, *sides)

    def _strength(self, run: int) -> float:
        rhythm = self.rhythm[run % len(self.rhythm)]
        return rhythm * (1 + self.season * math.cos(self._season_angle(run)))

    def _strengths(self, first: int, stop: int) -> float:
        """The strengths of the runs [first, stop) summed, by the formula for a row of cosines."""
        length = len(self.rhythm)
        total = 0.0
        for run in range(first, min(first + length, stop)):
            count = -(-(stop - run) // length)
            total += self.rhythm[run % length] * (count + self.season * self._cosines(run, count))
        return total

    def _cosines(self, run: int, count: int) -> float:
        """cos of the season's angle summed over `count` runs, one whole rhythm apart."""
        if not self.season:
            return 0.0
        half_step = math.pi * self.period_seconds * len(self.rhythm) / YEAR_SECONDS
        middle = self._season_angle(run) + (count - 1) * half_step
        return math.sin(count * half_step) / math.sin(half_step) * math.cos(middle)

    def _season_angle(self, run: int) -> float:
        since_peak = run * self.period_seconds - self.season_peak_day * DAY_SECONDS
        return math.tau * math.fmod(since_peak, YEAR_SECONDS) / YEAR_SECONDS


def joules(loads: Iterable[Load], start: int, end: int) -> float:
    """What the loads take together; negative where they make more than they take."""
    return sum(load.joules(start, end) for load in loads)


def always_on(watts: float, *, every: int = 3_571, ripples: int = 83, ripple: float = 0.08) -> Load:
    """A load that never stops and never stands still."""
    return Load(
        watts=watts, period_seconds=every, lasts_seconds=every, ripples=ripples, ripple=ripple
    )


def steady(watts: float) -> Load:
    """A load that stands still, so that what is drawn is known to the digit."""
    return Load(watts=watts)


def cycling(watts: float, *, on_minutes: int, every_minutes: int, begins_minutes: int = 0) -> Load:
    """A compressor or pump: on for a while, off for a while, day and night."""
    return Load(
        watts=watts,
        period_seconds=every_minutes * 60,
        begins_seconds=begins_minutes * 60,
        lasts_seconds=on_minutes * 60,
        ripples=on_minutes * 60 // 41,
        rhythm=(1.0, 0.97, 1.02),
    )


def daily(
    watts: float,
    *,
    at: float,
    hours: float,
    bell: bool = False,
    rhythm: tuple[float, ...] = (1.0,),
    season: float = 0.0,
    season_peak_day: int = 15,
    ripple: float = 0.03,
) -> Load:
    """Something that happens at the same local hour: flat, or a bell. May run past midnight."""
    lasts_seconds = round(hours * 3600)
    return Load(
        watts=watts,
        begins_seconds=round(at * 3600),
        lasts_seconds=lasts_seconds,
        bell=bell,
        ripples=lasts_seconds // 37 if ripple else 0,
        ripple=ripple,
        rhythm=rhythm,
        season=season,
        season_peak_day=season_peak_day,
    )
