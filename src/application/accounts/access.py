"""Who may come in: issuing and checking the gateway's own tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ports.access_tokens import AccessClaims, AccessTokens
from application.ports.clock import Clock
from application.ports.ended_logins import EndedLogins
from application.ports.randomness import Randomness
from application.ports.users import UserRepository
from domain.accounts.users import User, UserId
from domain.errors import AccessTokenInvalid, UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPolicy:
    """How long a token lives, and how long after a login it may be renewed."""

    token_lifetime: timedelta = timedelta(hours=1)
    login_lifetime: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAccess:
    """Signs a token for a new login, or a further one for an old login."""

    access_tokens: AccessTokens
    clock: Clock
    randomness: Randomness
    policy: AccessPolicy

    def for_new_login(self, user: User, *, begun_at: datetime | None = None) -> str:
        """The first token of a login that began then, or begins now."""
        now = self.clock.now().replace(microsecond=0)
        login_at = now if begun_at is None else begun_at.replace(microsecond=0)
        return self._sign(
            user, login_id=str(self.randomness.identifier()), login_at=login_at, now=now
        )

    def for_same_login(self, user: User, claims: AccessClaims) -> str:
        """A fresh token of the same login; raises AccessTokenInvalid once the login is too old."""
        now = self.clock.now().replace(microsecond=0)
        if now >= claims.login_at + self.policy.login_lifetime:
            raise AccessTokenInvalid
        return self._sign(user, login_id=claims.login_id, login_at=claims.login_at, now=now)

    def _sign(self, user: User, *, login_id: str, login_at: datetime, now: datetime) -> str:
        return self.access_tokens.issue(
            AccessClaims(
                user_id=user.id,
                email=user.email.value,
                token_id=str(self.randomness.identifier()),
                login_id=login_id,
                login_at=login_at,
                issued_at=now,
                expires_at=min(
                    now + self.policy.token_lifetime, login_at + self.policy.login_lifetime
                ),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody whose token was checked, and who still has an account."""

    user: User
    claims: AccessClaims


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAccess:
    """Turns a token into its caller."""

    access_tokens: AccessTokens
    ended_logins: EndedLogins
    users: UserRepository
    clock: Clock

    async def __call__(self, token: str) -> Caller:
        """Raises AccessTokenInvalid, or UserNotFound when the token is good but the user left."""
        return await self.caller(self.read(token))

    def read(self, token: str) -> AccessClaims:
        """What the token says of itself; raises AccessTokenInvalid."""
        return self.access_tokens.read(token, now=self.clock.now())

    async def caller(self, claims: AccessClaims) -> Caller:
        """The caller these claims name; raises as above."""
        user = await self.user_of(
            claims.user_id, login_id=claims.login_id, login_at=claims.login_at
        )
        return Caller(user=user, claims=claims)

    async def user_of(self, user_id: UserId, *, login_id: str, login_at: datetime) -> User:
        """Whose login this is; raises AccessTokenInvalid where it is over, or UserNotFound."""
        if await self.ended_logins.contains(login_id):
            raise AccessTokenInvalid
        user = await self.users.with_id(user_id)
        if user is None:
            raise UserNotFound
        if user.has_ended_logins_of(login_at):
            raise AccessTokenInvalid
        return user
