"""Which API keys somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.accounts.api_keys import ApiKeys
from domain.accounts.keys import ApiKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKeys:
    """Shows somebody their own keys, never a secret."""

    keys: ApiKeys

    async def __call__(self, caller: Caller) -> Sequence[ApiKey]:
        """The caller's keys, the newest first."""
        return await self.keys.of_user(caller.user.id)
