"""When it is worth asking Emporia again: polls follow the data, and then the budget."""

from domain.emporia.usage import Scale

NATURAL_SECONDS = {
    Scale.SECOND: 1.0,
    Scale.MINUTE: 60.0,
    Scale.QUARTER_HOUR: 60.0,
    Scale.HOUR: 300.0,
    Scale.DAY: 900.0,
    Scale.WEEK: 900.0,
    Scale.MONTH: 3_600.0,
    Scale.YEAR: 3_600.0,
}
"""How often a sample changes: a minute appears once a minute; wider buckets are totals that grow
slowly, and Emporia asks not to fetch the current month more than hourly."""

TRIES_A_CHANGE = 6
"""A sample that has not changed when it should have is asked for so often before its next time."""

EARLIER = 1 / 60
"""The part of an interval by which each poll tries to come sooner than the one before."""


def poll_pause_seconds(scale: Scale, *, unchanged_polls: int, slow_down_seconds: float) -> float:
    """From the start of one poll to the next, `unchanged_polls` after the last that was new.

    A sample that comes late is asked for a few times quicker: that shows where in the minute
    Emporia publishes, and the next poll comes one interval after it. A little less, in fact:
    without that, polls would stay behind the latest publication they ever met.
    """
    natural = NATURAL_SECONDS[scale]
    is_late = 0 < unchanged_polls < TRIES_A_CHANGE
    wanted = natural / TRIES_A_CHANGE if is_late else natural * (1 - EARLIER)
    return max(wanted, slow_down_seconds, NATURAL_SECONDS[Scale.SECOND])


def share_of_polls(scale: Scale) -> float:
    """How much of an account's polls this scale claims when the budget slows them, 1 at most."""
    return min(1.0, NATURAL_SECONDS[Scale.MINUTE] / NATURAL_SECONDS[scale])


def stale_after_seconds(scale: Scale) -> float:
    """The age past which a sample must have a successor that could not be had."""
    return 2 * NATURAL_SECONDS[scale] + 5.0
