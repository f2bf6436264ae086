"""What other nodes said that they watch."""

from collections.abc import Collection

from application.live.feed.subscription import FeedKey
from application.ports.clock import Clock
from domain.emporia.links import AccountId

BELIEVED_SECONDS = 5.0
"""How long what others want is believed."""


class Wants:
    """Believed for some seconds: whoever goes on watching says it again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._said_at: dict[FeedKey, float] = {}

    def note(self, key: FeedKey) -> None:
        """Another node watches this."""
        self._said_at[key] = self._clock.monotonic()

    def have(self, key: FeedKey) -> bool:
        """Whether another node watches this."""
        said_at = self._said_at.get(key)
        return said_at is not None and self._clock.monotonic() - said_at < BELIEVED_SECONDS

    def of(self, account: AccountId) -> Collection[FeedKey]:
        """What other nodes watch of the account."""
        return [key for key in self._said_at if key.account == account and self.have(key)]

    def forget_old(self) -> None:
        """Keep nothing that is believed no more."""
        for key in tuple(self._said_at):
            if not self.have(key):
                del self._said_at[key]
