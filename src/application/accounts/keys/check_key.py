"""Whose API key this is, and whether it is still good."""

from dataclasses import dataclass
from datetime import UTC, datetime

from application.accounts.access import Caller
from application.ports.accounts.access_tokens import AccessClaims
from application.ports.accounts.api_keys import ApiKeys
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from domain.accounts.callers.visits import VisitOf, unseen
from domain.accounts.keys import ApiKey, KeySecret
from domain.accounts.users import User
from domain.errors import AccessTokenInvalid, InvalidInput, StorageUnavailable, UserNotFound

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckKey:
    """Turns a key into its caller."""

    keys: ApiKeys
    users: UserRepository
    clock: Clock

    async def __call__(self, token: str, visit_of: VisitOf = unseen) -> Caller:
        """Raises AccessTokenInvalid, or UserNotFound when the key is good but its user left."""
        try:
            secret = KeySecret(token)
        except InvalidInput:
            raise AccessTokenInvalid from None
        key = await self.keys.with_hash(secret.hash)
        now = self.clock.now()
        if key is None or key.has_expired(now):
            raise AccessTokenInvalid
        user = await self._owner(key)
        if self.keys.is_due(key.id, at=now):
            await self._note_use(key, now)
        return Caller(user=user, claims=_claims_of(key), key=key, visit_of=visit_of)

    async def owner_of(self, key: ApiKey) -> User:
        """Whose key this still is; raises as above."""
        if await self.keys.with_id(key.id) is None:
            raise AccessTokenInvalid
        return await self._owner(key)

    async def _owner(self, key: ApiKey) -> User:
        user = await self.users.with_id(key.user_id)
        if user is None:
            raise UserNotFound
        return user

    async def _note_use(self, key: ApiKey, now: datetime) -> None:
        try:
            await self.keys.note_use(key.id, at=now)
        except StorageUnavailable:
            return  # the storage says so itself, and what is asked for may do without


def _claims_of(key: ApiKey) -> AccessClaims:
    """A key in the words of a token: to streams and logs it is a login of its own."""
    return AccessClaims(
        user_id=key.user_id,
        email="",
        token_id=str(key.id),
        login_id=str(key.id),
        login_at=key.created_at,
        issued_at=key.created_at,
        expires_at=key.expires_at or NEVER,
    )
