"""How long Emporia keeps what, and from when on a bucket no longer changes.

Retention is told by Emporia's help centre (article 9084314): seconds for three hours, minutes for
seven days, quarter hours for a year, hours and wider for ever.
"""

from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS
from domain.emporia.usage import Scale

RETAINED_SECONDS = {
    Scale.SECOND: 3 * HOUR_SECONDS,
    Scale.MINUTE: 7 * DAY_SECONDS,
    Scale.QUARTER_HOUR: 365 * DAY_SECONDS,
}
"""Scales that are not here are kept for ever."""

PUBLISHED_WITHIN_SECONDS = {
    Scale.SECOND: 75,
    Scale.MINUTE: 120,
    Scale.QUARTER_HOUR: 600,
    Scale.HOUR: 1_800,
}
"""A figure read later than that after its bucket's end is final: minutes come up to a minute late,
and totals lag for up to half an hour where a period begins."""

FILLED_WITHIN_SECONDS = {
    Scale.SECOND: 3 * HOUR_SECONDS,
    Scale.MINUTE: 48 * HOUR_SECONDS,
    Scale.QUARTER_HOUR: 48 * HOUR_SECONDS,
    Scale.HOUR: 48 * HOUR_SECONDS,
}
"""A null may still become a figure for so long after its bucket's end: a device that was offline
tells later what it measured (help articles 9084139, 9084276)."""

ASKED_AGAIN_AFTER_SECONDS = 900
"""A null that may still become a figure is not asked for again sooner."""


def newest_final(scale: Scale, read_at: int) -> int:
    """Where the final buckets end, of what is read at this second: the end of the last of them."""
    width = scale.seconds or 0
    return (read_at - PUBLISHED_WITHIN_SECONDS[scale]) // width * width
