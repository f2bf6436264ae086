"""Who has an account."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ports.accounts.users import UserRepository
from domain.accounts.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUsers:
    """For the operator alone."""

    users: UserRepository

    async def __call__(self) -> Sequence[User]:
        """Every account of every tenant, the oldest first."""
        return await self.users.all()
