"""Links remembered between polls: reading one costs more than the poll that needs it."""

from collections.abc import Sequence
from typing import TypeVar

from application.ports.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.accounts.events import UserRemoved
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink

MOST_REMEMBERED = 10_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class RememberingEmporiaLinkRepository(EmporiaLinkRepository):
    """Answers from memory what was asked before and has not been changed through here since.

    Every change goes through here, or is heard of: one process owns the database. A change forgets
    its user and their accounts; a read that was under way meanwhile is not remembered.
    """

    def __init__(self, kept: EmporiaLinkRepository, *, events: Events) -> None:
        self._kept = kept
        self._by_user: dict[UserId, EmporiaLink | None] = {}
        self._by_account: dict[AccountId, Sequence[EmporiaLink]] = {}
        self._changes = 0
        events.subscribe(UserRemoved, self._forget_user)  # their link is erased with them

    async def save(self, link: EmporiaLink) -> None:
        try:
            await self._kept.save(link)
        finally:
            self._forget(link.user_id, link.account)

    async def replace_tokens(self, link: EmporiaLink) -> bool:
        try:
            return await self._kept.replace_tokens(link)
        finally:
            self._forget(link.user_id, link.account)

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        if user_id in self._by_user:
            return self._by_user[user_id]
        changes = self._changes
        link = await self._kept.of_user(user_id)
        if changes == self._changes:
            _remember(self._by_user, user_id, link)
        return link

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        if account in self._by_account:
            return self._by_account[account]
        changes = self._changes
        links = await self._kept.of_account(account)
        if changes == self._changes:
            _remember(self._by_account, account, links)
        return links

    async def account_of(self, subject: str) -> AccountId | None:
        return await self._kept.account_of(subject)

    async def remove(self, user_id: UserId) -> None:
        try:
            await self._kept.remove(user_id)
        finally:
            self._forget(user_id)

    async def _forget_user(self, event: UserRemoved) -> None:
        self._forget(event.user_id)

    def _forget(self, user_id: UserId, *accounts: AccountId) -> None:
        """Look anew for this user's link, and for the links to these accounts."""
        self._changes += 1
        self._by_user.pop(user_id, None)
        for account, links in tuple(self._by_account.items()):
            if account in accounts or any(link.user_id == user_id for link in links):
                del self._by_account[account]


def _remember(memory: dict[Key, Value], key: Key, value: Value) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
