"""Ending a login before its time."""

from dataclasses import dataclass

from application.accounts.access import AccessPolicy, Caller
from application.ports.ended_logins import EndedLogins
from application.ports.events import Events
from domain.accounts.events import LoginEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut:
    """Ends the token, all that was renewed from the same login, and its streams."""

    ended_logins: EndedLogins
    events: Events
    policy: AccessPolicy

    async def __call__(self, caller: Caller) -> None:
        """The login is over when this returns."""
        claims = caller.claims
        await self.ended_logins.add(
            claims.login_id,
            user_id=claims.user_id,
            until=max(claims.expires_at, claims.login_at + self.policy.login_lifetime),
        )
        await self.events.publish(LoginEnded(user_id=claims.user_id, login_id=claims.login_id))
