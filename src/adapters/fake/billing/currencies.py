"""Currencies in memory."""

from adapters.fake.store import InMemoryStore
from application.ports.billing.currencies import Currencies
from domain.accounts.users import UserId
from domain.billing.money import Currency
from domain.errors import UserNotFound


class InMemoryCurrencies(Currencies):
    """Keeps the currencies of the users in the same store."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def of_user(self, user_id: UserId) -> Currency | None:
        return self._store.currencies.get(user_id)

    async def choose(self, user_id: UserId, currency: Currency | None) -> None:
        if user_id not in self._store.users:
            raise UserNotFound
        self._store.currencies.pop(user_id, None)
        if currency is not None:
            self._store.currencies[user_id] = currency
