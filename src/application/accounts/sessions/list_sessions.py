"""Which logins are going on."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.accounts.sessions import Sessions
from application.ports.clock import Clock
from domain.accounts.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSessions:
    """Shows somebody their own sessions."""

    sessions: Sessions
    clock: Clock

    async def __call__(self, caller: Caller) -> Sequence[Session]:
        """The caller's sessions, the last used first."""
        return await self.sessions.of_user(caller.user.id, at=self.clock.now())
