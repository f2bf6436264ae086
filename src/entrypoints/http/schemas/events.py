"""What travels over HTTP about what happened to an account."""

from collections.abc import Iterable

from msgspec import Struct

from domain.accounts.trail import TrailLine
from domain.instants import format_instant
from entrypoints.http.schemas.contract import Instant


class KnownEvent(Struct):
    """Something that happened. New kinds may come, and more details; `by` says who did it."""

    at: Instant
    kind: str
    by: str
    detail: dict[str, str]

    @classmethod
    def of(cls, line: TrailLine) -> "KnownEvent":
        """Show a line; how often it happened, and when last, only where it did more than once."""
        detail = dict(line.detail)
        if line.times > 1:
            detail |= {"times": str(line.times), "until": format_instant(line.last_at)}
        return cls(at=format_instant(line.at), kind=line.kind, by=line.by, detail=detail)


class EventList(Struct):
    """The answer to somebody who asks what happened."""

    events: list[KnownEvent]

    @classmethod
    def of(cls, lines: Iterable[TrailLine]) -> "EventList":
        """Show lines in their order."""
        return cls([KnownEvent.of(line) for line in lines])
