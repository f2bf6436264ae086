"""Tariffs in memory."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.fake.store import InMemoryStore
from application.ports.billing.tariffs import Tariffs
from domain.accounts.users import UserId
from domain.billing.errors import TooManyTariffs
from domain.billing.tariffs.kept import KeptTariff, TariffId
from domain.errors import UserNotFound


class InMemoryTariffs(Tariffs):
    """Keeps the tariffs of the users in the same store."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def add(self, kept: KeptTariff, *, most_of_user: int) -> None:
        if kept.user_id not in self._store.users:
            raise UserNotFound
        if len(await self.of_user(kept.user_id)) >= most_of_user:
            raise TooManyTariffs
        self._store.tariffs[kept.id] = kept

    async def of_user(self, user_id: UserId) -> Sequence[KeptTariff]:
        found = [kept for kept in self._store.tariffs.values() if kept.user_id == user_id]
        return sorted(found, key=lambda kept: (kept.created_at, kept.id))

    async def replace(self, kept: KeptTariff) -> bool:
        before = self._store.tariffs.get(kept.id)
        if before is None or before.user_id != kept.user_id:
            return False
        self._store.tariffs[kept.id] = replace(kept, created_at=before.created_at)
        return True

    async def remove(self, user_id: UserId, tariff_id: TariffId) -> bool:
        kept = self._store.tariffs.get(tariff_id)
        if kept is None or kept.user_id != user_id:
            return False
        del self._store.tariffs[tariff_id]
        return True
