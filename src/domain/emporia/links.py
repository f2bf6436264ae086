"""An Emporia account as the gateway holds it: who linked it, and with which tokens."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NewType

from domain.accounts.callers.pauses import PauseRule
from domain.accounts.users import UserId
from domain.errors import InvalidInput

AccountId = NewType("AccountId", int)
"""Emporia's number of a customer: users who link the same one share poll, sample and budget."""

EARLIEST_REFRESH = timedelta(minutes=5)

WARNED_BEFORE = timedelta(days=5)
"""How long before a link's end its user is told, or the gateway signs in anew."""

LONGEST_NAME = 254
LONGEST_PASSWORD = 1024

SIGN_IN_PAUSES = PauseRule(
    free_refusals=3,
    first_seconds=60,
    longest_seconds=3600,
    forgotten_after_seconds=24 * 3600,
)
"""Emporia's Cognito locks an account after five refusals; stop before, and try ever more rarely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaCredentials:
    """User name, trimmed, and password of the Emporia app; raises InvalidInput where too long."""

    username: str
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "username", self.username.strip())
        if len(self.username) > LONGEST_NAME:
            raise InvalidInput(f"emporiaUsername: longer than {LONGEST_NAME} characters.")
        if len(self.password) > LONGEST_PASSWORD:
            raise InvalidInput(f"emporiaPassword: longer than {LONGEST_PASSWORD} characters.")

    @property
    def key(self) -> str:
        """The form in which two names are compared: case does not matter."""
        return self.username.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaTokens:
    """What a sign-in at Emporia's Cognito pool yields; times are UTC.

    The device API takes the id token. The refresh token is never rotated by Emporia: its
    life runs from the sign-in, and a refresh answers without one.
    """

    id_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime

    def want_refresh(self, now: datetime) -> bool:
        """Whether it is time: five minutes, or a fifth of the life if less, before expiry."""
        life = self.expires_at - self.issued_at
        return now >= self.expires_at - min(EARLIEST_REFRESH, life / 5)

    def have_expired(self, now: datetime) -> bool:
        """Whether the id token is past its end."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaSignIn:
    """A fresh sign-in: whose it is in Emporia's user pool (`sub`), and the tokens."""

    subject: str
    tokens: EmporiaTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class EmporiaLink:
    """One user's link to one Emporia account. A link without tokens is dead.

    `linked_at` tells one link from the next; `signed_in_at` is when its refresh token was given,
    later where the gateway signed in anew with a password that it keeps. Both are UTC.
    """

    user_id: UserId
    account: AccountId
    subject: str
    emporia_username: str
    linked_at: datetime
    tokens: EmporiaTokens | None
    signed_in_at: datetime
    keeps_password: bool = False

    @property
    def is_dead(self) -> bool:
        """Whether the person has to link again before anything can be asked with this link."""
        return self.tokens is None

    def with_tokens(
        self, tokens: EmporiaTokens | None, *, signed_in_at: datetime | None = None
    ) -> "EmporiaLink":
        """The same link after a refresh, after a sign-in at that time, or, with None, dead.

        No kept password outlives it.
        """
        if tokens is self.tokens and signed_in_at is None:
            return self
        return replace(
            self,
            tokens=tokens,
            signed_in_at=signed_in_at or self.signed_in_at,
            keeps_password=self.keeps_password and tokens is not None,
        )

    def without_password(self) -> "EmporiaLink":
        """The same link without a way to renew itself."""
        return replace(self, keeps_password=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLife:
    """How long Emporia takes a refresh token after its sign-in, as far as anybody can know."""

    days: int = 30

    def end_after(self, signed_in_at: datetime) -> datetime:
        """When a link that signed in then will probably die, unless it has before; UTC."""
        return signed_in_at + timedelta(days=self.days)

    def is_near(self, end: datetime, now: datetime) -> bool:
        """Whether the end is less than five days away, or past.

        Of a short life it is the last half, so that no fresh link is near its end.
        """
        return now >= end - min(WARNED_BEFORE, timedelta(days=self.days) / 2)

    def is_ending(self, link: EmporiaLink, now: datetime) -> bool:
        """Whether the link lives, and is near its end."""
        return not link.is_dead and self.is_near(self.end_after(link.signed_in_at), now)
