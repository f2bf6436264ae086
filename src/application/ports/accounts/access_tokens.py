"""The tokens that the gateway gives its own users."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.accounts.tenants import TenantId
from domain.accounts.users import Login, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClaims:
    """What a token says; times are UTC, in whole seconds but for `login_at`.

    `login_id` and `login_at` name the login that the token stems from, however often it was
    renewed since. When exactly it began decides whether it ended together with others.
    `tenant_id` is whose user it is, None for the default tenant's.
    """

    user_id: UserId
    email: str
    token_id: str
    login_id: str
    login_at: datetime
    issued_at: datetime
    expires_at: datetime
    tenant_id: TenantId | None = None

    @property
    def login(self) -> Login:
        """The login that the token stems from."""
        return Login(self.login_id, self.login_at)


class AccessTokens(Protocol):
    """Signs and reads tokens; does not block."""

    def issue(self, claims: AccessClaims) -> str:
        """Sign a token."""
        ...

    def read(self, token: str, *, now: datetime) -> AccessClaims:
        """What the token says; raises AccessTokenInvalid unless it is whole, ours and unexpired."""
        ...
