"""The tokens that the gateway gives its own users."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.accounts.users import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClaims:
    """What a token says; times are UTC, in whole seconds.

    `login_id` and `login_at` name the login that the token stems from, however often it was
    renewed since.
    """

    user_id: UserId
    email: str
    token_id: str
    login_id: str
    login_at: datetime
    issued_at: datetime
    expires_at: datetime


class AccessTokens(Protocol):
    """Signs and reads tokens; does not block."""

    def issue(self, claims: AccessClaims) -> str:
        """Sign a token."""
        ...

    def read(self, token: str, *, now: datetime) -> AccessClaims:
        """What the token says; raises AccessTokenInvalid unless it is whole, ours and unexpired."""
        ...
