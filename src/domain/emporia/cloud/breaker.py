"""When to ask again after failures: ever more seldom, by one probe, whoever asks.

```
closed --a failure--> open --the pause is over, somebody asks--> half-open: one probe is under way
closed <--the probe succeeds--                half-open --the probe fails--> open, for longer
```
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from domain.errors import (
    EmporiaError,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

PAUSES_SECONDS = (0.25, 1.0, 4.0, 15.0, 60.0, 120.0)
"""After the first failure in a row, the second, and so on; the last pause after all further ones.

What passes within a second is hardly noticed, and an hour of failures costs 37 requests at most.
"""

JITTER = 0.05
"""The part by which chance may shorten a pause, so that those who fail together part."""

KNOWN_AFTER = 3
"""So many failures in a row are an outage that everybody is told of at once; fewer may pass
while a reader waits."""

LONGEST_RETRY_AFTER_SECONDS = 300.0
"""How long the cloud's own word holds us back: a mistaken one must not silence a home for a day."""

PROBE_SECONDS = 60.0
"""The time after which a probe that nobody heard of again counts as lost."""


class Trouble(Enum):
    """What kind of failure the newest one was, in words for a log."""

    UNAVAILABLE = "not available"
    TIMED_OUT = "no answer in time"
    UNREADABLE = "unreadable answers"
    SESSION_REFUSED = "a fresh session is refused"

    @property
    def may_be_of_cloud(self) -> bool:
        """Whether it can mean that nobody is served; where anything was answered, it can't."""
        return self in {Trouble.UNAVAILABLE, Trouble.TIMED_OUT}

    @classmethod
    def of(cls, failure: EmporiaError) -> "Trouble":
        """The kind of a failure that is an outage."""
        match failure:
            case EmporiaTimedOut():
                return cls.TIMED_OUT
            case EmporiaUnreadable():
                return cls.UNREADABLE
            case EmporiaTokenRefused():
                return cls.SESSION_REFUSED
            case _:
                return cls.UNAVAILABLE


ERRORS: Mapping[Trouble, type[EmporiaError]] = {
    Trouble.TIMED_OUT: EmporiaTimedOut,
    Trouble.UNREADABLE: EmporiaUnreadable,
}
"""What those are told who ask during an outage; of the other kinds that Emporia is unavailable."""


def pause_seconds(failures: int, *, fraction: float) -> float:
    """How long to ask nobody after so many failures in a row; `fraction` in [0, 1) is chance."""
    longest = PAUSES_SECONDS[min(failures, len(PAUSES_SECONDS)) - 1]
    return longest * (1 - JITTER * fraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """How one partner of ours stands, after so many failures in a row.

    Times are seconds of the monotonic clock. Whoever asks notes `failures` when they begin, and
    tells it with the outcome: one who began before the newest turn has nothing to say of it, so
    that ten who fail at once count as one.
    """

    failures: int = 0
    trouble: Trouble = Trouble.UNAVAILABLE
    open_until: float = 0.0
    probe_until: float | None = None

    @property
    def is_closed(self) -> bool:
        """Whether everybody may ask."""
        return self.failures == 0

    @property
    def is_known_outage(self) -> bool:
        """Whether it has failed so often that nobody waits for it any more."""
        return self.failures >= KNOWN_AFTER

    def begin(self, now: float) -> "Breaker | None":
        """What it is once somebody has begun to ask: the same if it is closed, None if refused."""
        if self.is_closed:
            return self
        is_probed = self.probe_until is not None and now < self.probe_until
        if now < self.open_until or is_probed:
            return None
        return replace(self, probe_until=now + PROBE_SECONDS)

    def error(self, *, now: float) -> EmporiaError:
        """The newest failure, as it is told to who may not ask: with the seconds to the probe.

        While a probe is under way that is a quarter of a second.
        """
        kind = ERRORS.get(self.trouble, EmporiaUnavailable)
        return kind(retry_after_seconds=max(self.open_until - now, PAUSES_SECONDS[0]))

    def fail(
        self,
        *,
        begun_at: int,
        trouble: Trouble,
        now: float,
        retry_after_seconds: float | None,
        fraction: float,
    ) -> "Breaker":
        """Open, for longer than the last time, and at least as long as the cloud asked for."""
        if begun_at != self.failures:
            return self
        failures = self.failures + 1
        asked_for = min(retry_after_seconds or 0.0, LONGEST_RETRY_AFTER_SECONDS)
        pause = max(pause_seconds(failures, fraction=fraction), asked_for)
        return Breaker(failures=failures, trouble=trouble, open_until=now + pause)

    def succeed(self, *, begun_at: int) -> "Breaker":
        """Closed, if the one who succeeded began after the newest failure."""
        return CLOSED if begun_at == self.failures else self

    def give_up(self, *, begun_at: int) -> "Breaker":
        """Let somebody else probe: the one who began has learnt nothing."""
        return replace(self, probe_until=None) if begun_at == self.failures else self


CLOSED = Breaker()
