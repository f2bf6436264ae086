"""Where accounts are kept."""

from typing import Protocol

from domain.accounts.users import EmailAddress, User, UserId


class UserRepository(Protocol):
    """Keeps accounts; every method is durable when it returns."""

    async def add(self, user: User) -> None:
        """Keep a new account; raises EmailTaken when another has the same email key."""
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

    async def remove(self, user_id: UserId) -> None:
        """Erase the account, its link and its ended logins at once or not at all."""
        ...
