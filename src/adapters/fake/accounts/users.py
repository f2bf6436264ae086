"""Accounts in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.fake.store import InMemoryStore
from application.ports.accounts.users import UserRepository
from domain.accounts.errors import UnknownClient
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, Login, User, UserId
from domain.errors import EmailTaken


class InMemoryUserRepository(UserRepository):
    """Keeps accounts for as long as the process lives."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def add(self, user: User) -> None:
        self._require_tenant(user)
        if await self.with_email(user.email, tenant_id=user.tenant_id) is not None:
            raise EmailTaken
        self._store.users[user.id] = user

    async def add_first(self, user: User) -> bool:
        self._require_tenant(user)
        if not await self.is_empty(tenant_id=user.tenant_id):
            return False
        self._store.users[user.id] = user
        return True

    async def is_empty(self, *, tenant_id: TenantId | None) -> bool:
        return all(user.tenant_id != tenant_id for user in self._store.users.values())

    async def all(self) -> Sequence[User]:
        return sorted(self._store.users.values(), key=lambda user: user.created_at)

    async def with_id(self, user_id: UserId) -> User | None:
        return self._store.users.get(user_id)

    async def with_email(self, email: EmailAddress, *, tenant_id: TenantId | None) -> User | None:
        wanted = (tenant_id, email.key)
        for user in self._store.users.values():
            if (user.tenant_id, user.email.key) == wanted:
                return user
        return None

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        if user := self._store.users.get(user_id):
            self._store.users[user_id] = replace(user, password_hash=password_hash)

    async def reset_password(
        self, user_id: UserId, password_hash: str, *, at: datetime, spared: Login | None
    ) -> bool:
        if spared is not None and not await self.end_logins(user_id, before=at, spared=spared):
            return False
        user = self._store.users.get(user_id)
        if user is None:
            return False
        self._store.users[user_id] = replace(
            user,
            password_hash=password_hash,
            updated_at=at,
            logins_since=max(at, user.logins_since or at),
            spared_login=None if spared is None else spared.id,
        )
        return True

    async def end_logins(self, user_id: UserId, *, before: datetime, spared: Login) -> bool:
        if not self._store.goes_on(user_id, spared):
            return False
        user = self._store.users[user_id]
        since = max(before, user.logins_since or before)
        self._store.users[user_id] = replace(user, logins_since=since, spared_login=spared.id)
        return True

    async def remove(self, user_id: UserId) -> None:
        self._store.erase_user(user_id)

    def _require_tenant(self, user: User) -> None:
        if user.tenant_id is not None and user.tenant_id not in self._store.tenants:
            raise UnknownClient
