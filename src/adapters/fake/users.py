"""Accounts in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.fake.store import InMemoryStore
from application.ports.users import UserRepository
from domain.accounts.users import EmailAddress, User, UserId
from domain.errors import EmailTaken


class InMemoryUserRepository(UserRepository):
    """Keeps accounts for as long as the process lives."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def add(self, user: User) -> None:
        if await self.with_email(user.email) is not None:
            raise EmailTaken
        self._store.users[user.id] = user

    async def add_first(self, user: User) -> bool:
        if self._store.users:
            return False
        self._store.users[user.id] = user
        return True

    async def is_empty(self) -> bool:
        return not self._store.users

    async def all(self) -> Sequence[User]:
        return sorted(self._store.users.values(), key=lambda user: user.created_at)

    async def with_id(self, user_id: UserId) -> User | None:
        return self._store.users.get(user_id)

    async def with_email(self, email: EmailAddress) -> User | None:
        users = self._store.users.values()
        return next((user for user in users if user.email.key == email.key), None)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        if user := self._store.users.get(user_id):
            self._store.users[user_id] = replace(user, password_hash=password_hash)

    async def reset_password(self, user_id: UserId, password_hash: str, *, at: datetime) -> None:
        if user := self._store.users.get(user_id):
            self._store.users[user_id] = replace(
                user, password_hash=password_hash, updated_at=at, logins_since=at
            )

    async def remove(self, user_id: UserId) -> None:
        self._store.users.pop(user_id, None)
        self._store.links.pop(user_id, None)
        self._store.known_networks.pop(user_id, None)
        ended = self._store.ended_logins
        for login_id in [key for key, login in ended.items() if login.user_id == user_id]:
            del ended[login_id]
