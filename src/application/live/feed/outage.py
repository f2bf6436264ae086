"""Polls that fail in a row: told when it begins and when it ends."""

from application.ports.events import Events
from domain.emporia.links import AccountId
from domain.live.events import PollFailed, PollsRecovered


class Outage:
    """Counts the polls of one feed that failed since the last that did not."""

    def __init__(self, account: AccountId, *, events: Events) -> None:
        self._account = account
        self._events = events
        self.failures = 0

    @property
    def is_on(self) -> bool:
        """Whether the last poll failed."""
        return self.failures > 0

    async def note_failure(self, reason: str) -> None:
        """Count a poll that failed."""
        self.failures += 1
        await self._events.publish(
            PollFailed(account=self._account, reason=reason, failures=self.failures)
        )

    def forget(self) -> None:
        """Another node polls by now, and tells what comes of it."""
        self.failures = 0

    async def note_success(self) -> None:
        """A poll has succeeded; the end of an outage is told."""
        if self.failures:
            self.failures = 0
            await self._events.publish(PollsRecovered(account=self._account))
