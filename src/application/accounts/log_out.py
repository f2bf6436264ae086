"""Ending a login before its time."""

from dataclasses import dataclass

from application.accounts.access import AccessPolicy, Caller
from application.live.open_streams import OpenStreams
from application.ports.ended_logins import EndedLogins


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut:
    """Ends the token, all that was renewed from the same login, and its streams."""

    ended_logins: EndedLogins
    open_streams: OpenStreams
    policy: AccessPolicy

    async def __call__(self, caller: Caller) -> None:
        """The login is over when this returns."""
        claims = caller.claims
        await self.ended_logins.add(
            claims.login_id,
            user_id=claims.user_id,
            until=max(claims.expires_at, claims.login_at + self.policy.login_lifetime),
        )
        self.open_streams.end_login(claims.user_id, claims.login_id)
