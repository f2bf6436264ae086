"""Nulls that become figures: a device that was offline tells later what it measured."""

from domain.archive.spans import HOUR_SECONDS
from domain.emporia.usage import Scale

LOOK_AGAIN_AFTER_SECONDS = {
    Scale.SECOND: 6_600,
    Scale.MINUTE: 47 * HOUR_SECONDS,
    Scale.QUARTER_HOUR: 47 * HOUR_SECONDS,
    Scale.HOUR: 47 * HOUR_SECONDS,
}
"""Shortly before Emporia forgets it, or two days later, whichever is first: then all has come."""


def is_worth_another_look(scale: Scale, null_end: int, *, read_at: int, now: int) -> bool:
    """Whether a null that ended then, and was read too soon to be sure, is due for its one look.

    It is asked for only where the device was back afterwards; who calls knows that.
    """
    due = null_end + LOOK_AGAIN_AFTER_SECONDS[scale]
    return read_at < due <= now
