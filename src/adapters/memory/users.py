"""Accounts remembered between requests: every request asks for one."""

from adapters.memory.remembered import Remembered
from application.ports.users import UserRepository
from domain.accounts.users import EmailAddress, User, UserId


class RememberingUserRepository(UserRepository):
    """Answers from memory who an id belongs to, unless the account was changed through here."""

    def __init__(self, kept: UserRepository) -> None:
        self._kept = kept
        self._with_id = Remembered(kept.with_id)

    async def add(self, user: User) -> None:
        try:
            await self._kept.add(user)
        finally:
            self._with_id.forget(user.id)

    async def with_id(self, user_id: UserId) -> User | None:
        return await self._with_id(user_id)

    async def with_email(self, email: EmailAddress) -> User | None:
        return await self._kept.with_email(email)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        try:
            await self._kept.replace_password_hash(user_id, password_hash)
        finally:
            self._with_id.forget(user_id)

    async def remove(self, user_id: UserId) -> None:
        try:
            await self._kept.remove(user_id)
        finally:
            self._with_id.forget(user_id)
