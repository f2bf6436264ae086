"""Polls that fail in a row: told when it begins and when it ends, and how long to back off."""

from application.ports.events import Events
from application.ports.randomness import Randomness
from domain.emporia.links import AccountId
from domain.live.events import PollFailed, PollsRecovered

LONGEST_PAUSE_SECONDS = 60.0


class Outage:
    """Counts the polls of one feed that failed since the last that did not."""

    def __init__(self, account: AccountId, *, events: Events, randomness: Randomness) -> None:
        self._account = account
        self._events = events
        self._randomness = randomness
        self._failures = 0

    @property
    def is_on(self) -> bool:
        """Whether the last poll failed."""
        return self._failures > 0

    async def note_failure(self, reason: str) -> float:
        """Count a poll that failed; the seconds to back off, twice as long each time."""
        self._failures += 1
        await self._events.publish(
            PollFailed(account=self._account, reason=reason, failures=self._failures)
        )
        backoff = min(2.0 ** min(self._failures, 10), LONGEST_PAUSE_SECONDS)
        return backoff * (0.5 + self._randomness.fraction() / 2)

    async def note_success(self) -> None:
        """A poll has succeeded; the end of an outage is told."""
        if self._failures:
            self._failures = 0
            await self._events.publish(PollsRecovered(account=self._account))
