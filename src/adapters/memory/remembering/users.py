"""Accounts remembered between requests: every request asks for one."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from adapters.memory.remembering.remembered import Remembered
from application.ports.accounts.users import UserRepository
from application.ports.events import Events
from domain.accounts.events import (
    OtherLoginsEnded,
    PasswordChanged,
    PasswordWasReset,
    UserRemoved,
)
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, Login, User, UserId
from domain.operations.events import StorageChanged

AboutUser = UserRemoved | OtherLoginsEnded | PasswordChanged | PasswordWasReset


class RememberingUserRepository(UserRepository):
    """Answers from memory who an id belongs to, unless the account was changed through here."""

    def __init__(self, kept: UserRepository, *, events: Events) -> None:
        self._kept = kept
        self._with_id = Remembered(kept.with_id)
        events.subscribe(StorageChanged, self._forget_all)
        # A user may have gone with the tenant; the rest is what another node has changed.
        kinds: tuple[type[AboutUser], ...] = get_args(AboutUser)
        for kind in kinds:
            events.subscribe(kind, self._forget_user, anywhere=True)

    async def add(self, user: User) -> None:
        try:
            await self._kept.add(user)
        finally:
            self._with_id.forget(user.id)

    async def add_first(self, user: User) -> bool:
        try:
            return await self._kept.add_first(user)
        finally:
            self._with_id.forget(user.id)

    async def is_empty(self, *, tenant_id: TenantId | None) -> bool:
        return await self._kept.is_empty(tenant_id=tenant_id)

    async def all(self) -> Sequence[User]:
        return await self._kept.all()

    async def with_id(self, user_id: UserId) -> User | None:
        return await self._with_id(user_id)

    async def with_email(self, email: EmailAddress, *, tenant_id: TenantId | None) -> User | None:
        return await self._kept.with_email(email, tenant_id=tenant_id)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        try:
            await self._kept.replace_password_hash(user_id, password_hash)
        finally:
            self._with_id.forget(user_id)

    async def reset_password(
        self, user_id: UserId, password_hash: str, *, at: datetime, spared: Login | None
    ) -> bool:
        try:
            return await self._kept.reset_password(user_id, password_hash, at=at, spared=spared)
        finally:
            self._with_id.forget(user_id)

    async def end_logins(self, user_id: UserId, *, before: datetime, spared: Login) -> bool:
        try:
            return await self._kept.end_logins(user_id, before=before, spared=spared)
        finally:
            self._with_id.forget(user_id)

    async def remove(self, user_id: UserId) -> None:
        try:
            await self._kept.remove(user_id)
        finally:
            self._with_id.forget(user_id)

    async def _forget_user(self, event: AboutUser) -> None:
        self._with_id.forget(event.user_id)

    async def _forget_all(self, _: StorageChanged) -> None:
        self._with_id.forget_all()
