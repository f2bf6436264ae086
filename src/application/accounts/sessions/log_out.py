"""Ending a login before its time."""

from dataclasses import dataclass

from application.accounts.access import AccessPolicy, Caller
from application.accounts.sessions.end_sessions import EndSession
from domain.accounts.events import LoginEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut:
    """Ends the token, all that was renewed from the same login, and its streams."""

    end_session: EndSession
    policy: AccessPolicy

    async def __call__(self, caller: Caller) -> None:
        """The login is over when this returns, also where no session was kept for it."""
        claims = caller.claims
        ended = LoginEnded(
            user_id=claims.user_id,
            login_id=claims.login_id,
            session_name=caller.visit_of().name,
            reason="logged out",
            by=caller.actor,
        )
        await self.end_session.end(ended, until=self.policy.end_of(claims))
