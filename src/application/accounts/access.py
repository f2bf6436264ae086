"""Who may come in: the tokens that the gateway gives its own users."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from application.ports.clock import Clock
from application.ports.randomness import Randomness
from domain.accounts.callers.actors import Actor
from domain.accounts.callers.visits import VisitOf, unseen
from domain.accounts.keys import ApiKey, KeyLimits
from domain.accounts.users import User
from domain.errors import AccessTokenInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPolicy:
    """How long a token lives, and how long after a login it may be renewed.

    A session that is not used for `longest_rest` is over; None lets it rest as long as it likes.
    """

    token_lifetime: timedelta = timedelta(hours=1)
    login_lifetime: timedelta = timedelta(days=30)
    longest_rest: timedelta | None = None

    def end_of(self, claims: AccessClaims) -> datetime:
        """When the last token of this login is over, however often it is renewed (UTC)."""
        return max(claims.expires_at, claims.login_at + self.login_lifetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A signed token, and what it says."""

    token: str = field(repr=False)
    claims: AccessClaims


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAccess:
    """Signs a token for a new login, or a further one for an old login."""

    access_tokens: AccessTokens
    clock: Clock
    randomness: Randomness
    policy: AccessPolicy

    def for_new_login(self, user: User, *, begun_at: datetime | None = None) -> Access:
        """The first token of a login that began then, or begins now."""
        now = self.clock.now()
        return self._sign(
            user, login_id=str(self.randomness.identifier()), login_at=begun_at or now, now=now
        )

    def for_same_login(self, user: User, claims: AccessClaims) -> Access:
        """A fresh token of the same login; raises AccessTokenInvalid once the login is too old."""
        now = self.clock.now()
        if now >= claims.login_at + self.policy.login_lifetime:
            raise AccessTokenInvalid
        return self._sign(user, login_id=claims.login_id, login_at=claims.login_at, now=now)

    def _sign(self, user: User, *, login_id: str, login_at: datetime, now: datetime) -> Access:
        expires_at = min(now + self.policy.token_lifetime, login_at + self.policy.login_lifetime)
        claims = AccessClaims(
            user_id=user.id,
            email=user.email.value,
            token_id=str(self.randomness.identifier()),
            login_id=login_id,
            login_at=login_at,
            issued_at=now.replace(microsecond=0),
            expires_at=expires_at.replace(microsecond=0),
            tenant_id=user.tenant_id,
        )
        return Access(token=self.access_tokens.issue(claims), claims=claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody whose token was checked, and who still has an account.

    `key` is the API key that they came with, None for whoever signed in.
    """

    user: User
    claims: AccessClaims
    key: ApiKey | None = None
    visit_of: VisitOf = field(default=unseen, compare=False, repr=False)

    @property
    def limits(self) -> KeyLimits | None:
        """All that they may see; None is everything of theirs."""
        return None if self.key is None else self.key.limits

    @property
    def actor(self) -> Actor:
        """The caller as the trail names them."""
        visit = self.visit_of()
        return Actor.session(visit) if self.key is None else Actor.key(self.key.name, visit)
