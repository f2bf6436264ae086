"""Ended logins in memory."""

from datetime import datetime

from adapters.fake.store import EndedLogin, InMemoryStore
from application.ports.accounts.ended_logins import EndedLogins
from domain.accounts.users import UserId


class InMemoryEndedLogins(EndedLogins):
    """Remembers ended logins of the users in the same store, and forgets none by itself."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def add(self, login_id: str, *, user_id: UserId, until: datetime) -> None:
        if user_id in self._store.users:
            self._store.ended_logins[login_id] = EndedLogin(user_id=user_id, until=until)

    async def contains(self, login_id: str) -> bool:
        return login_id in self._store.ended_logins
