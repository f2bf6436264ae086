"""A session is used: noted once a minute, and over after too long a rest."""

from dataclasses import dataclass, replace
from datetime import timedelta

from application.accounts.access import AccessPolicy
from application.ports.accounts.access_tokens import AccessClaims
from application.ports.accounts.ended_logins import EndedLogins
from application.ports.accounts.sessions import Sessions
from application.ports.clock import Clock
from domain.accounts.callers.visits import VisitOf
from domain.accounts.sessions import Session
from domain.errors import AccessTokenInvalid, StorageUnavailable

NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSession:
    """Keeps when a session was used last. One of before sessions were kept is taken in."""

    sessions: Sessions
    ended_logins: EndedLogins
    clock: Clock
    policy: AccessPolicy

    async def __call__(self, claims: AccessClaims, visit_of: VisitOf) -> None:
        """Raises AccessTokenInvalid where the session rested too long.

        Nobody is refused because the storage can't be written; it says so itself.
        """
        now = self.clock.now()
        if not self.sessions.is_due(claims.login_id, at=now):
            return
        try:
            await self._note(claims, visit_of)
        except StorageUnavailable:
            if self.policy.longest_rest is not None:
                raise  # nobody knows how long it rested

    async def _note(self, claims: AccessClaims, visit_of: VisitOf) -> None:
        now = self.clock.now()
        session = await self.sessions.with_id(claims.login_id)
        if session is None:
            visit = visit_of()
            session = Session(
                login_id=claims.login_id,
                user_id=claims.user_id,
                name=visit.name,
                address_prefix=visit.address_prefix,
                begun_at=claims.login_at,
                last_used_at=now,
                ends_at=self.policy.end_of(claims),
            )
        elif self._rested_too_long(session):
            await self.ended_logins.add(
                session.login_id, user_id=session.user_id, until=self.policy.end_of(claims)
            )
            await self.sessions.forget(session.login_id)
            raise AccessTokenInvalid
        elif not session.is_idle(now, longest=NOTED_EVERY):
            return  # another process has noted it, as where a crowd comes over from another node
        await self.sessions.note_use(replace(session, last_used_at=now))

    def _rested_too_long(self, session: Session) -> bool:
        longest = self.policy.longest_rest
        return longest is not None and session.is_idle(self.clock.now(), longest=longest)
