"""Where API keys are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.keys import ApiKey, KeyId
from domain.accounts.users import Login, UserId


class ApiKeys(Protocol):
    """Keeps keys by the hash of their secret; every change is durable when the method returns."""

    async def add(self, key: ApiKey, secret_hash: bytes, *, by: Login, most_of_user: int) -> None:
        """Keep a new key that this login makes.

        Raises TooManyKeys where the user has that many already, AccessTokenInvalid where the login
        is over or the user gone.
        """
        ...

    async def with_hash(self, secret_hash: bytes) -> ApiKey | None:
        """The key whose secret has this hash, None when there is none, or no longer."""
        ...

    async def with_id(self, key_id: KeyId) -> ApiKey | None:
        """The key, None when there is none, or no longer."""
        ...

    async def of_user(self, user_id: UserId) -> Sequence[ApiKey]:
        """The user's keys, the newest first."""
        ...

    async def remove(self, user_id: UserId, key_id: KeyId) -> bool:
        """Forget a key of this user, which is good for nothing from then on; False without one."""
        ...

    def is_due(self, key_id: KeyId, *, at: datetime) -> bool:
        """Whether a use at that time (UTC) is worth noting. Who hears so notes it.

        Nobody else hears so for a minute. Does not block.
        """
        ...

    async def note_use(self, key_id: KeyId, *, at: datetime) -> None:
        """Keep when the key was used last (UTC); does nothing when it is gone."""
        ...
