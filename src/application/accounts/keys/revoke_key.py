"""Revoking an API key."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.accounts.api_keys import ApiKeys
from application.ports.events import Events
from domain.accounts.errors import KeyUnknown
from domain.accounts.events import KeyRevoked
from domain.accounts.keys import KeyId


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeKey:
    """Ends a key and its streams."""

    keys: ApiKeys
    events: Events

    async def __call__(self, caller: Caller, key_id: KeyId) -> None:
        """It is good for nothing when this returns; raises KeyUnknown."""
        key = await self.keys.with_id(key_id)
        if key is None or not await self.keys.remove(caller.user.id, key_id):
            raise KeyUnknown
        await self.events.publish(
            KeyRevoked(user_id=caller.user.id, key_id=key_id, name=key.name, by=caller.actor)
        )
