"""Links remembered between polls: reading one costs more than the poll that needs it."""

from collections.abc import Sequence
from typing import get_args

from adapters.memory.remembering.remembered import Remembered
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.leases import Fence
from application.ports.events import Events
from domain.accounts.events import UserRemoved
from domain.accounts.users import UserId
from domain.emporia.events import (
    EmporiaPasswordForgotten,
    LinkDied,
    LinkMade,
    LinkRemoved,
    LinkRenewed,
)
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens
from domain.operations.events import StorageChanged

AboutLink = LinkMade | LinkRemoved | LinkDied | LinkRenewed | EmporiaPasswordForgotten


class RememberingEmporiaLinkRepository(EmporiaLinkRepository):
    """Answers from memory what was asked before and has not been changed through here since.

    Every change goes through here, or is heard of. A change forgets its user and their accounts,
    one by another process everything. Whose account a subject's is never changes at Emporia: that
    outlives the link in memory, or unlinking and linking in turn would ask Emporia without end.
    No password is remembered.
    """

    def __init__(self, kept: EmporiaLinkRepository, *, events: Events) -> None:
        self._kept = kept
        self._of_user = Remembered(kept.of_user)
        self._of_account = Remembered(kept.of_account)
        self._subjects: dict[str, AccountId] = {}
        # Their link is erased with them; the rest is what another node has changed.
        events.subscribe(UserRemoved, self._forget_user, anywhere=True)
        kinds: tuple[type[AboutLink], ...] = get_args(AboutLink)
        for kind in kinds:
            events.subscribe(kind, self._forget_link, anywhere=True)
        events.subscribe(StorageChanged, self._forget_all)

    async def save(self, link: EmporiaLink, *, password: str | None = None) -> None:
        try:
            await self._kept.save(link, password=password)
            self._subjects[link.subject] = link.account
        finally:
            self._forget(link.user_id, link.account)

    async def replace_tokens(
        self,
        link: EmporiaLink,
        *,
        instead_of: EmporiaTokens | None = None,
        fence: Fence | None = None,
    ) -> bool:
        try:
            return await self._kept.replace_tokens(link, instead_of=instead_of, fence=fence)
        finally:
            self._forget(link.user_id, link.account)

    async def password_of(self, link: EmporiaLink) -> str | None:
        return await self._kept.password_of(link)

    async def forget_passwords(self) -> int:
        try:
            return await self._kept.forget_passwords()
        finally:
            self._forget_everything()

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        return await self._of_user(user_id)

    async def of_user_anew(self, user_id: UserId) -> EmporiaLink | None:
        self._forget(user_id)
        return await self._of_user(user_id)

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        return await self._of_account(account)

    async def accounts(self) -> Sequence[AccountId]:
        return await self._kept.accounts()

    async def account_of(self, subject: str) -> AccountId | None:
        account = await self._kept.account_of(subject)
        if account is None:
            return self._subjects.get(subject)
        self._subjects[subject] = account
        return account

    async def remove(self, user_id: UserId) -> None:
        try:
            await self._kept.remove(user_id)
        finally:
            self._forget(user_id)

    async def _forget_all(self, _: StorageChanged) -> None:
        self._forget_everything()

    def _forget_everything(self) -> None:
        self._of_user.forget_all()
        self._of_account.forget_all()

    async def _forget_user(self, event: UserRemoved) -> None:
        self._forget(event.user_id)

    async def _forget_link(self, event: AboutLink) -> None:
        self._forget(event.user_id, event.account)

    def _forget(self, user_id: UserId, *accounts: AccountId) -> None:
        """Look anew for this user's link, and for the links to these accounts."""
        self._of_user.forget(user_id)
        self._of_account.forget_where(
            lambda account, links: (
                account in accounts or any(link.user_id == user_id for link in links)
            )
        )
