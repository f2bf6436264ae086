"""Where accounts are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.users import EmailAddress, User, UserId


class UserRepository(Protocol):
    """Keeps accounts; every method is durable when it returns."""

    async def add(self, user: User) -> None:
        """Keep a new account; raises EmailTaken when another has the same email key."""
        ...

    async def add_first(self, user: User) -> bool:
        """Keep the account if it is the first; False, and nothing is kept, when another is there.

        Of many that try at once exactly one succeeds.
        """
        ...

    async def is_empty(self) -> bool:
        """Whether there is no account at all."""
        ...

    async def all(self) -> Sequence[User]:
        """Every account, the oldest first."""
        ...

    async def with_id(self, user_id: UserId) -> User | None:
        """The account, None when there is none."""
        ...

    async def with_email(self, email: EmailAddress) -> User | None:
        """The account with this email in whatever case, None when there is none."""
        ...

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Keep another hash of the same password; does nothing when the account is gone."""
        ...

    async def reset_password(self, user_id: UserId, password_hash: str, *, at: datetime) -> None:
        """Keep the hash of another password, and end every login that began before then (UTC).

        Does nothing when the account is gone.
        """
        ...

    async def remove(self, user_id: UserId) -> None:
        """Erase the account, its link and its ended logins at once or not at all."""
        ...
