"""How a figure of the archive was come by."""

from enum import Enum, IntFlag


class Quality(Enum):
    """What is told of a bucket beside its figure.

    `live` is Emporia's own figure, whenever it was fetched; `backfilled` one that was null when it
    was read before; `averaged` a mean that Emporia spread over a flat stretch; `imported` one of a
    file; `partial` the sum of those parts of the bucket that are known; `missing` is null, and
    Emporia was asked; `unknown` is null, and nobody has asked yet; `damaged` is null since what
    was kept can no longer be read.
    """

    LIVE = "live"
    BACKFILLED = "backfilled"
    AVERAGED = "averaged"
    IMPORTED = "imported"
    PARTIAL = "partial"
    MISSING = "missing"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"

    __hash__ = object.__hash__


class Mark(IntFlag):
    """What is kept of a bucket beside its figure. No mark at all: nobody has asked yet."""

    READ = 1
    """Emporia told a figure."""

    NULL = 2
    """Emporia told, at least once, that it knows none."""

    IMPORTED = 4
    """A file told the figure, and Emporia none."""

    AVERAGED = 8
    """The figure stands in a flat stretch."""


KNOWN = Mark.READ | Mark.IMPORTED


def quality_of(mark: int) -> Quality:
    """What these marks come to."""
    if mark & Mark.AVERAGED:
        return Quality.AVERAGED
    if mark & Mark.READ:
        return Quality.BACKFILLED if mark & Mark.NULL else Quality.LIVE
    if mark & Mark.IMPORTED:
        return Quality.IMPORTED
    return Quality.MISSING if mark & Mark.NULL else Quality.UNKNOWN
