"""The home's hours beside the utility's: how they differ, and what that looks like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.archive.spans import HOUR_SECONDS
from domain.billing.pricing.metered import Metered
from domain.billing.utility.readings import UtilityReadings

AGREES_WITHIN = 0.02
EXPLAINED_WITHIN = 0.05
"""Which share of the utility's energy may be left when a reason has been allowed for."""

MUCH_BETTER = 0.5
"""A reason leaves at most this share of the difference, or it is none."""

LONGEST_SHIFT_HOURS = 14
"""No zone is further from UTC."""

FEWEST_HOURS = 24
ONE_LEG = (0.2, 0.8)
"""Which share of a home's energy one leg of two, or two of three, may have."""


class Reason(StrEnum):
    """What a difference looks like."""

    AGREES = "agrees"
    COVERAGE = "coverage"
    SHIFTED = "shifted"
    SHIFTED_IN_SUMMER = "shifted_in_summer"
    SHIFTED_IN_WINTER = "shifted_in_winter"
    LEG_MISSING = "leg_missing"
    LEG_MISSING_IN_FILE = "leg_missing_in_file"
    MULTIPLIER = "multiplier"
    TOO_LITTLE = "too_little"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reason, its number where it has one, and a sentence."""

    reason: Reason
    sentence: str
    number: float | None = None


class HourPair(NamedTuple):
    """An hour that both know: energy taken from the grid, in millijoules."""

    start: int
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every hour that both know, and what was found."""

    pairs: Sequence[HourPair]
    findings: Sequence[Finding]


def compare(readings: UtilityReadings, ours: Metered, zone: ZoneInfo) -> Comparison:
    """Hour by hour. `ours` begins at a whole hour (UTC)."""
    known = dict(_known(ours))
    pairs = [
        HourPair(start, known[start], hour.imported)
        for start, hour in readings.hours.items()
        if start in known
    ]
    findings = [*_coverage(len(pairs), len(readings.hours)), *_differences(pairs, known, zone)]
    return Comparison(pairs=pairs, findings=findings)


def _known(ours: Metered) -> Iterable[tuple[int, int]]:
    for place, seconds in enumerate(ours.known_seconds):
        if seconds == HOUR_SECONDS:
            yield ours.start + place * HOUR_SECONDS, ours.imported[place]


def _coverage(both: int, theirs: int) -> list[Finding]:
    if both == theirs:
        return []
    share = both / theirs
    return [
        Finding(
            reason=Reason.COVERAGE,
            number=share,
            sentence=f"The archive knows {both:,} of the file's {theirs:,} hours; "
            "the others can't be compared.",
        )
    ]


def _differences(pairs: Sequence[HourPair], ours: dict[int, int], zone: ZoneInfo) -> list[Finding]:
    if len(pairs) < FEWEST_HOURS:
        needed = f"Both know {len(pairs):,} hours; at least {FEWEST_HOURS} are needed."
        return [Finding(reason=Reason.TOO_LITTLE, sentence=needed)]
    if not any(pair.theirs for pair in pairs):
        nothing = "By the utility nothing was taken in the hours that both know."
        return [Finding(reason=Reason.TOO_LITTLE, sentence=nothing)]
    error = _error(pairs)
    if error <= AGREES_WITHIN:
        return [
            Finding(
                reason=Reason.AGREES,
                number=error,
                sentence=f"Both agree: hours differ by {_percent(error)} of the energy.",
            )
        ]
    shifted = _shifted(pairs, ours, zone, error)
    if shifted is not None:
        return [shifted]
    scaled = _scaled(pairs, error)
    if scaled is not None:
        return [scaled]
    return [
        Finding(
            reason=Reason.UNEXPLAINED,
            number=error,
            sentence=f"Hours differ by {_percent(error)} of the energy, "
            "by no rule that is known here.",
        )
    ]


def _error(pairs: Sequence[HourPair]) -> float:
    """How much the hours differ, as a share of the utility's energy."""
    theirs = sum(pair.theirs for pair in pairs)
    return sum(abs(pair.theirs - pair.ours) for pair in pairs) / theirs if theirs else 0.0


def _shifted(
    pairs: Sequence[HourPair], ours: dict[int, int], zone: ZoneInfo, error: float
) -> Finding | None:
    """Where the file's hours are the home's of some hours before or after."""
    hours, left = _best_shift(pairs, ours)
    if hours and left <= min(EXPLAINED_WITHIN, MUCH_BETTER * error):
        return Finding(
            reason=Reason.SHIFTED,
            number=hours,
            sentence=f"The file's hours are {_later(hours)} than they were.",
        )
    for in_summer, reason in ((True, Reason.SHIFTED_IN_SUMMER), (False, Reason.SHIFTED_IN_WINTER)):
        some = [pair for pair in pairs if _is_summer(pair.start, zone) == in_summer]
        others = [pair for pair in pairs if _is_summer(pair.start, zone) != in_summer]
        if len(some) < FEWEST_HOURS or len(others) < FEWEST_HOURS:
            continue
        hours, left = _best_shift(some, ours)
        if hours and left <= EXPLAINED_WITHIN and _error(others) <= EXPLAINED_WITHIN:
            season = "while" if in_summer else "while no"
            return Finding(
                reason=reason,
                number=hours,
                sentence=f"The file's hours are {_later(hours)} than they were {season} daylight "
                "saving time is in force, and right otherwise.",
            )
    return None


def _later(hours: int) -> str:
    count = "an hour" if abs(hours) == 1 else f"{abs(hours)} hours"
    return f"{count} {'later' if hours > 0 else 'earlier'}"


def _is_summer(at: int, zone: ZoneInfo) -> bool:
    return bool(datetime.fromtimestamp(at, zone).dst())


def _best_shift(pairs: Sequence[HourPair], ours: dict[int, int]) -> tuple[int, float]:
    """By how many hours the file is late, and how much differs then."""
    best = 0, _error(pairs)
    for hours in range(-LONGEST_SHIFT_HOURS, LONGEST_SHIFT_HOURS + 1):
        moved = [
            HourPair(pair.start, ours[at], pair.theirs)
            for pair in pairs
            if (at := pair.start - hours * HOUR_SECONDS) in ours
        ]
        if 2 * len(moved) >= len(pairs) and (left := _error(moved)) < best[1]:
            best = hours, left
    return best


def _scaled(pairs: Sequence[HourPair], error: float) -> Finding | None:
    """Where one of both is always the same multiple of the other."""
    ratios = [pair.theirs / pair.ours for pair in pairs if pair.ours and pair.theirs]
    if not ratios:
        return None
    ratio = median(ratios)
    scaled = [HourPair(pair.start, round(pair.ours * ratio), pair.theirs) for pair in pairs]
    if _error(scaled) > min(EXPLAINED_WITHIN, MUCH_BETTER * error):
        return None
    if ONE_LEG[0] <= 1 / ratio <= ONE_LEG[1]:
        return Finding(
            reason=Reason.LEG_MISSING,
            number=1 / ratio,
            sentence=f"The home's mains show {_percent(1 / ratio)} of what the utility counts, "
            "all the time: a clamp of a leg is missing, or off.",
        )
    if ONE_LEG[0] <= ratio <= ONE_LEG[1]:
        return Finding(
            reason=Reason.LEG_MISSING_IN_FILE,
            number=ratio,
            sentence=f"The file has {_percent(ratio)} of what the home's mains show, "
            "all the time: it lacks a leg, or is of one meter of several.",
        )
    return Finding(
        reason=Reason.MULTIPLIER,
        number=ratio,
        sentence=f"The file has {ratio:,.3g} times what the home's mains show, all the time: a "
        "multiplier was left out, or counted twice.",
    )


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"
