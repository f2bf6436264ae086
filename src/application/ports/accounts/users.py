"""Where accounts are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, Login, User, UserId


class UserRepository(Protocol):
    """Keeps accounts; every method is durable when it returns."""

    async def add(self, user: User) -> None:
        """Keep a new account; raises EmailTaken when another of its tenant has the same email key.

        UnknownClient is raised when its tenant is gone.
        """
        ...

    async def add_first(self, user: User) -> bool:
        """Keep the account if it is the first of its tenant; False when another is there.

        Nothing is kept then. Of many that try at once exactly one succeeds. Raises UnknownClient
        when the tenant is gone.
        """
        ...

    async def is_empty(self, *, tenant_id: TenantId | None) -> bool:
        """Whether the tenant has no account at all; None is the default one, here and below."""
        ...

    async def all(self) -> Sequence[User]:
        """Every account of every tenant, the oldest first."""
        ...

    async def with_id(self, user_id: UserId) -> User | None:
        """The account, None when there is none."""
        ...

    async def with_email(self, email: EmailAddress, *, tenant_id: TenantId | None) -> User | None:
        """The tenant's account with this email in whatever case, None when there is none."""
        ...

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Keep another hash of the same password; does nothing when the account is gone."""
        ...

    async def reset_password(
        self, user_id: UserId, password_hash: str, *, at: datetime, spared: Login | None
    ) -> bool:
        """Keep the hash of another password, and end the logins that began before then (UTC).

        All but the spared one, if any. False, and nothing is changed, where that one is over
        already or the account is gone: whoever was thrown out throws nobody out.
        """
        ...

    async def end_logins(self, user_id: UserId, *, before: datetime, spared: Login) -> bool:
        """End every login that began before then (UTC), but for the spared one.

        False, and nothing is changed, as above. Of two such times the later holds.
        """
        ...

    async def remove(self, user_id: UserId) -> None:
        """Erase the account, its link and its ended logins at once or not at all."""
        ...
