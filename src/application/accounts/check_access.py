"""Whose token this is, and whether it still counts."""

from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import Caller
from application.accounts.keys.check_key import CheckKey
from application.accounts.sessions.use_session import UseSession
from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from application.ports.accounts.ended_logins import EndedLogins
from application.ports.accounts.sight import Sight
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from domain.accounts.callers.visits import VisitOf, unseen
from domain.accounts.keys import is_key
from domain.accounts.users import User, UserId
from domain.errors import AccessTokenInvalid, UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAccess:
    """Turns a token, or an API key, into its caller."""

    access_tokens: AccessTokens
    ended_logins: EndedLogins
    users: UserRepository
    use_session: UseSession
    check_key: CheckKey
    clock: Clock
    sight: Sight | None = None
    """None where nothing can be missed: there is one node."""

    async def __call__(self, token: str, visit_of: VisitOf = unseen) -> Caller:
        """Raises AccessTokenInvalid, or UserNotFound when the token is good but the user left.

        Raises StorageUnavailable where a revocation could not have been heard for long.
        """
        if is_key(token):
            self._require_sight()
            return await self.check_key(token, visit_of)
        return await self.caller(self.read(token), visit_of)

    def read(self, token: str) -> AccessClaims:
        """What the token says of itself; raises AccessTokenInvalid."""
        return self.access_tokens.read(token, now=self.clock.now())

    async def caller(self, claims: AccessClaims, visit_of: VisitOf = unseen) -> Caller:
        """The caller these claims name; raises as above."""
        self._require_sight()
        user = await self.user_of(
            claims.user_id, login_id=claims.login_id, login_at=claims.login_at
        )
        if claims.tenant_id != user.tenant_id:
            raise AccessTokenInvalid
        await self.use_session(claims, visit_of)
        return Caller(user=user, claims=claims, visit_of=visit_of)

    async def user_of(self, user_id: UserId, *, login_id: str, login_at: datetime) -> User:
        """Whose login this is; raises AccessTokenInvalid where it is over, or UserNotFound."""
        if await self.ended_logins.contains(login_id):
            raise AccessTokenInvalid
        user = await self.users.with_id(user_id)
        if user is None:
            raise UserNotFound
        if user.has_ended(login_id, begun_at=login_at):
            raise AccessTokenInvalid
        return user

    def _require_sight(self) -> None:
        if self.sight is not None:
            self.sight.require()
