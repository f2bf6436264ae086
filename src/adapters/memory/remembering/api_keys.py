"""API keys remembered between requests: every request with one asks for it."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.remembering.remembered import Remembered
from application.ports.accounts.api_keys import ApiKeys
from application.ports.events import Events
from domain.accounts.events import KeyMade, KeyRevoked, UserRemoved
from domain.accounts.keys import ApiKey, KeyId
from domain.accounts.users import Login, UserId
from domain.operations.events import StorageChanged


class RememberingApiKeys(ApiKeys):
    """Answers from memory whose key this is, until any key is made or revoked.

    The time of its last use is told from the storage alone.
    """

    def __init__(self, kept: ApiKeys, *, events: Events) -> None:
        self._kept = kept
        self._with_hash = Remembered(kept.with_hash)
        self._with_id = Remembered(kept.with_id)
        events.subscribe(StorageChanged, self._forget_all)
        for kind in (KeyMade, KeyRevoked, UserRemoved):
            events.subscribe(kind, self._forget_all, anywhere=True)

    async def add(self, key: ApiKey, secret_hash: bytes, *, by: Login, most_of_user: int) -> None:
        try:
            await self._kept.add(key, secret_hash, by=by, most_of_user=most_of_user)
        finally:
            self._with_hash.forget(secret_hash)
            self._with_id.forget(key.id)

    async def with_hash(self, secret_hash: bytes) -> ApiKey | None:
        return await self._with_hash(secret_hash)

    async def with_id(self, key_id: KeyId) -> ApiKey | None:
        return await self._with_id(key_id)

    async def of_user(self, user_id: UserId) -> Sequence[ApiKey]:
        return await self._kept.of_user(user_id)

    async def remove(self, user_id: UserId, key_id: KeyId) -> bool:
        try:
            return await self._kept.remove(user_id, key_id)
        finally:
            await self._forget_all()

    def is_due(self, key_id: KeyId, *, at: datetime) -> bool:
        return self._kept.is_due(key_id, at=at)

    async def note_use(self, key_id: KeyId, *, at: datetime) -> None:
        await self._kept.note_use(key_id, at=at)

    async def _forget_all(self, _: object = None) -> None:
        self._with_hash.forget_all()
        self._with_id.forget_all()
