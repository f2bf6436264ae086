"""API keys in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.fake.store import InMemoryStore
from adapters.memory.due_notes import DueNotes
from application.ports.accounts.api_keys import ApiKeys
from domain.accounts.errors import TooManyKeys
from domain.accounts.keys import ApiKey, KeyId
from domain.accounts.users import Login, UserId
from domain.errors import AccessTokenInvalid


class InMemoryApiKeys(ApiKeys):
    """Keeps the keys of the users in the same store."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store
        self._notes = DueNotes()

    async def add(self, key: ApiKey, secret_hash: bytes, *, by: Login, most_of_user: int) -> None:
        if not self._store.goes_on(key.user_id, by):
            raise AccessTokenInvalid
        if len(await self.of_user(key.user_id)) >= most_of_user:
            raise TooManyKeys
        self._store.api_keys[secret_hash] = key

    async def with_hash(self, secret_hash: bytes) -> ApiKey | None:
        return self._store.api_keys.get(secret_hash)

    async def with_id(self, key_id: KeyId) -> ApiKey | None:
        return next((key for key in self._store.api_keys.values() if key.id == key_id), None)

    async def of_user(self, user_id: UserId) -> Sequence[ApiKey]:
        keys = [key for key in self._store.api_keys.values() if key.user_id == user_id]
        return sorted(keys, key=lambda key: key.created_at, reverse=True)

    async def remove(self, user_id: UserId, key_id: KeyId) -> bool:
        for secret_hash, key in tuple(self._store.api_keys.items()):
            if (key.user_id, key.id) == (user_id, key_id):
                del self._store.api_keys[secret_hash]
                return True
        return False

    def is_due(self, key_id: KeyId, *, at: datetime) -> bool:
        return self._notes.is_due(str(key_id), at=at)

    async def note_use(self, key_id: KeyId, *, at: datetime) -> None:
        for secret_hash, key in tuple(self._store.api_keys.items()):
            if key.id == key_id:
                self._store.api_keys[secret_hash] = replace(key, last_used_at=at)
