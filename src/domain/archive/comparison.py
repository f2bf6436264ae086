"""Whether the hours that are kept are those of the chunks that are kept, and of Emporia's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from domain.archive.hours import NO_SOURCE, NOTHING, SCALE_OF, Hour, better
from domain.archive.months import Month
from domain.archive.spans import HOUR_SECONDS, SECONDS, month_at
from domain.emporia.usage import Scale

Hours = Mapping[int, Hour]
"""By where each begins, in seconds since 1970."""


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What came of it, in hours; `mended` are those that are not as the chunks have them.

    `outlived` are sums whose chunks are gone, which nobody can compare. `unlike` are hours of
    which Emporia's own figure is not the sum of what it told finer, of `both` where both are whole:
    that is Emporia's, and no fault here.
    """

    mended: dict[int, Hour] = field(default_factory=dict)
    outlived: int = 0
    both: int = 0
    unlike: int = 0


def compare(kept: Month, told: Mapping[Scale, Hours]) -> Comparison:
    """The month as it is kept against the hours that its chunks tell, scale by scale."""
    found = Comparison()
    start, end = month_at(kept.start)
    for at in range(start, end, HOUR_SECONDS):
        of_scales = [(scale, hours[at]) for scale, hours in told.items() if at in hours]
        best = reduce(better, (hour for _, hour in of_scales), NOTHING)
        _compare_hour(found, at, kept.hour(at), best, dict(of_scales))
        _count_unlike(found, of_scales)
    return found


def _compare_hour(
    found: Comparison, at: int, kept: Hour, best: Hour, of_scales: Mapping[Scale, Hour]
) -> None:
    if kept.source != NO_SOURCE:
        source = of_scales.get(SCALE_OF[kept.source], NOTHING)
        if source.source == NO_SOURCE and kept.rank > best.rank:
            found.outlived += 1
            return
    # That nobody need ask is known of chunks, too, that are not there any more.
    best = replace(best, is_settled=best.is_settled or kept.is_settled)
    if kept.is_settled != best.is_settled or _figures(kept) != _figures(best):
        found.mended[at] = best


def _figures(hour: Hour) -> Hour:
    return replace(hour, is_settled=False)


def _count_unlike(found: Comparison, of_scales: Sequence[tuple[Scale, Hour]]) -> None:
    own = dict(of_scales).get(Scale.HOUR, NOTHING)
    finer = reduce(better, (hour for scale, hour in of_scales if scale is not Scale.HOUR), NOTHING)
    if not (own.is_whole and finer.is_whole):
        return
    found.both += 1
    # Each figure was rounded by itself, by half a unit at the most.
    rounded = HOUR_SECONDS // SECONDS[SCALE_OF[finer.source]] // 2 + 1
    found.unlike += abs(own.net - finer.net) > rounded
