"""Who may spend how much of an account's request budget."""

from collections import deque
from datetime import datetime, timedelta
from enum import Enum, auto

WINDOW = timedelta(hours=24)


class Purpose(Enum):
    """What a request is for: streams may not touch the tenth that is kept for reads.

    A sample of now and the device list are everybody's, whoever asked for them. What somebody
    asks about the past is theirs alone: at an instant, or a history. What is recorded of a day is
    set aside before the stream; the first fill of an archive takes what nobody else wants.
    """

    STREAM = auto()
    REPLAY = auto()
    """A stream's too, of seconds that are past."""
    REPLAYED_HOME = auto()
    """The devices that a replay is of: as a stream's, and asked for on any node."""
    READ = auto()
    PAST = auto()
    HISTORY = auto()
    RECORD = auto()
    FILL = auto()


OF_ONE_USER = frozenset({Purpose.PAST, Purpose.HISTORY})
"""From these nobody has anything but who asked."""

TRIED_ONCE = frozenset(
    {
        Purpose.STREAM,
        Purpose.REPLAY,
        Purpose.REPLAYED_HOME,
        Purpose.RECORD,
        Purpose.FILL,
    }
)
"""What these fail at is not tried again for them: nobody waits, and the next one is soon due."""

OF_THE_HOLDER = frozenset({Purpose.STREAM, Purpose.RECORD, Purpose.FILL})
"""Of many nodes only the one that holds the account makes these."""

OF_CHARTS = frozenset({Purpose.HISTORY, Purpose.REPLAY, Purpose.RECORD, Purpose.FILL})
"""These ask for series of the past, whose failures say nothing of what live frames need."""


class BudgetShares:
    """Counts what is made for the archive, in this process alone; a limit of 0 is none.

    Mutable, as the budget is that it belongs to.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._set_aside = 0
        self._made: dict[Purpose, deque[datetime]] = {
            Purpose.RECORD: deque(),
            Purpose.FILL: deque(),
        }

    def set_aside(self, requests: int) -> None:
        """Keep so many requests a day for recording: streams may not touch them."""
        self._set_aside = requests

    @property
    def daily_of_streams(self) -> int:
        """How many requests a day streams may make, whatever is spent now."""
        return max(0, self._limit - self._limit // 10 - self._set_aside)

    def of_streams(self, now: datetime) -> int:
        """How much may be spent, by whomever, before streams have used up their share.

        A tenth is kept for reads, and what is set aside for recording as far as it was not used.
        """
        left_to_record = max(0, self._set_aside - self._count(Purpose.RECORD, now))
        return max(0, self._limit - self._limit // 10 - left_to_record)

    def allowed(self, purpose: Purpose, now: datetime) -> int:
        """How much may be spent, by whomever, before nothing is left for this."""
        match purpose:
            case Purpose.STREAM | Purpose.REPLAY | Purpose.REPLAYED_HOME | Purpose.FILL:
                return self.of_streams(now)
            case Purpose.RECORD:
                return self._limit - self._limit // 10
            case _:
                return self._limit

    def wait_seconds(self, purpose: Purpose, now: datetime) -> float:
        """How long this has used up what it may in a day, however much is left; 0 if it has not.

        Only the first fill is held back so: half the limit is all that it takes.
        """
        most = max(1, self._limit // 2)
        if purpose is not Purpose.FILL or self._count(purpose, now) < most:
            return 0.0
        return (self._made[purpose][-most] + WINDOW - now).total_seconds()

    def note(self, purpose: Purpose, now: datetime) -> None:
        """A request was made for this."""
        if purpose in self._made:
            self._made[purpose].append(now)

    def _count(self, purpose: Purpose, now: datetime) -> int:
        """How many requests this process made for this in the 24 hours up to now."""
        made = self._made[purpose]
        while made and made[0] + WINDOW <= now:
            made.popleft()
        return len(made)
