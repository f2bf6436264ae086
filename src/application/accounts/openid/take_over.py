"""The page fetches the token of somebody for whom the provider has vouched."""

import hmac
from dataclasses import dataclass

from application.accounts.sessions.begin_session import BeginSession
from application.ports.accounts.openid.flows import HandOvers
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from domain.accounts.callers.visits import Visit
from domain.accounts.errors import IdentityRefused
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Begins the session: once, in time, and for the browser that signed in alone."""

    hand_overs: HandOvers
    users: UserRepository
    begin_session: BeginSession
    clock: Clock

    async def __call__(self, code: str, *, binding: str, visit: Visit) -> str:
        """The token; raises IdentityRefused, or UserNotFound where they left meanwhile."""
        waiting = await self.hand_overs.take(code, now=self.clock.now())
        if waiting is None or not hmac.compare_digest(waiting.binding.encode(), binding.encode()):
            raise IdentityRefused
        user = await self.users.with_id(waiting.user_id)
        if user is None:
            raise UserNotFound
        return await self.begin_session(
            user, visit, begun_at=waiting.begun_at, is_fresh=waiting.is_fresh
        )
