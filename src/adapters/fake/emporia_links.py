"""Links to Emporia accounts in memory."""

from collections.abc import Sequence

from adapters.fake.store import InMemoryStore
from application.ports.emporia_links import EmporiaLinkRepository
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink
from domain.errors import UserNotFound


class InMemoryEmporiaLinkRepository(EmporiaLinkRepository):
    """Keeps links of the users in the same store; nothing is sealed in memory."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def save(self, link: EmporiaLink) -> None:
        if link.user_id not in self._store.users:
            raise UserNotFound
        self._store.links[link.user_id] = link
        self._store.accounts[link.subject] = link.account

    async def replace_tokens(self, link: EmporiaLink) -> bool:
        kept = self._store.links.get(link.user_id)
        if kept is None or kept.linked_at != link.linked_at:
            return False
        self._store.links[link.user_id] = kept.with_tokens(link.tokens)
        return True

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        return self._store.links.get(user_id)

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        links = [link for link in self._store.links.values() if link.account == account]
        return sorted(links, key=lambda link: link.linked_at)

    async def account_of(self, subject: str) -> AccountId | None:
        return self._store.accounts.get(subject)

    async def remove(self, user_id: UserId) -> None:
        self._store.links.pop(user_id, None)
