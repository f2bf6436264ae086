"""What happened to an account, for its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import Caller
from application.ports.accounts.trail import Trail
from application.ports.clock import Clock
from domain.accounts.trail import TrailLine, kept_since


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvents:
    """Shows somebody their own trail, a page at a time."""

    trail: Trail
    clock: Clock
    days: int

    async def __call__(
        self, caller: Caller, *, before: datetime | None, most: int
    ) -> Sequence[TrailLine]:
        """The caller's lines from before that instant (UTC), the newest first."""
        since = kept_since(self.clock.now(), days=self.days)
        return await self.trail.of_user(caller.user.id, since=since, before=before, most=most)
