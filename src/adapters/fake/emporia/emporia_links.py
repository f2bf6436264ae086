"""Links to Emporia accounts in memory."""

from collections.abc import Sequence

from adapters.fake.store import InMemoryStore
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.leases import Fence
from domain.accounts.users import UserId
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens
from domain.errors import UserNotFound


class InMemoryEmporiaLinkRepository(EmporiaLinkRepository):
    """Keeps links of the users in the same store; nothing is sealed in memory."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store
        self.newest_fences: dict[AccountId, Fence] = {}

    async def save(self, link: EmporiaLink, *, password: str | None = None) -> None:
        if link.user_id not in self._store.users:
            raise UserNotFound
        former = self._store.links.get(link.user_id)
        if former is not None and former.account != link.account:
            self._store.erase_answers(link.user_id)
        self._store.keep_link(link, password)

    async def replace_tokens(
        self,
        link: EmporiaLink,
        *,
        instead_of: EmporiaTokens | None = None,
        fence: Fence | None = None,
    ) -> bool:
        kept = self._store.links.get(link.user_id)
        if kept is None or kept.linked_at != link.linked_at:
            return False
        if instead_of is not None and kept.tokens != instead_of:
            return False
        if fence and fence != self.newest_fences.get(link.account):
            raise LeaseLost
        password = self._store.emporia_passwords.get(link.user_id)
        self._store.keep_link(
            kept.with_tokens(link.tokens, signed_in_at=link.signed_in_at),
            password if link.keeps_password else None,
        )
        return True

    async def password_of(self, link: EmporiaLink) -> str | None:
        kept = self._store.links.get(link.user_id)
        if kept is None or kept.linked_at != link.linked_at:
            return None
        return self._store.emporia_passwords.get(link.user_id)

    async def forget_passwords(self) -> int:
        owners = tuple(self._store.emporia_passwords)
        for owner in owners:
            self._store.keep_link(self._store.links[owner], None)
        return len(owners)

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        return self._store.links.get(user_id)

    async def of_user_anew(self, user_id: UserId) -> EmporiaLink | None:
        return self._store.links.get(user_id)

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        links = [link for link in self._store.links.values() if link.account == account]
        return sorted(links, key=lambda link: link.linked_at)

    async def accounts(self) -> Sequence[AccountId]:
        return sorted({link.account for link in self._store.links.values()})

    async def account_of(self, subject: str) -> AccountId | None:
        links = [link for link in self._store.links.values() if link.subject == subject]
        return max(links, key=lambda link: link.linked_at).account if links else None

    async def remove(self, user_id: UserId) -> None:
        self._store.erase_link(user_id)
