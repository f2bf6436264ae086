"""A login begins, however somebody proved who they are."""

from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import IssueAccess
from application.ports.accounts.sessions import Sessions
from application.ports.events import Events
from domain.accounts.callers.actors import Actor
from domain.accounts.callers.visits import Visit
from domain.accounts.events import SignedIn
from domain.accounts.sessions import Session
from domain.accounts.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSession:
    """Issues the first token, and keeps the session that it stands for."""

    issue_access: IssueAccess
    sessions: Sessions
    events: Events

    async def __call__(
        self, user: User, visit: Visit, *, begun_at: datetime, is_fresh: bool = True
    ) -> str:
        """The token of a login that began then (UTC), when its proof was read.

        A proof that is not fresh was given to somebody else before: the password is asked for as
        soon as it is needed.
        """
        # Where the clock was set back, logins ended in its future; this one is not among them, for
        # the user was known as they are since then.
        begun_at = max(begun_at, user.logins_since or begun_at)
        access = self.issue_access.for_new_login(user, begun_at=begun_at)
        claims = access.claims
        await self.sessions.add(
            Session(
                login_id=claims.login_id,
                user_id=user.id,
                name=visit.name,
                address_prefix=visit.address_prefix,
                begun_at=claims.login_at,
                last_used_at=claims.login_at,
                ends_at=self.issue_access.policy.end_of(claims),
                password_at=claims.login_at if is_fresh else None,
            )
        )
        await self.events.publish(
            SignedIn(user_id=user.id, login_id=claims.login_id, by=Actor.session(visit))
        )
        return access.token
