"""Identities in memory."""

from adapters.fake.store import InMemoryStore
from application.ports.accounts.openid.identities import Identities
from domain.accounts.identities import JoinedIdentity
from domain.accounts.users import UserId


class InMemoryIdentities(Identities):
    """Keeps them for the users in the same store."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def add(self, identity: JoinedIdentity) -> bool:
        place = identity.user_id, identity.issuer
        owner = await self.owner_of(issuer=identity.issuer, subject=identity.subject)
        if (
            identity.user_id not in self._store.users
            or place in self._store.identities
            or owner is not None
        ):
            return False
        self._store.identities[place] = identity
        return True

    async def owner_of(self, *, issuer: str, subject: str) -> UserId | None:
        return next(
            (
                one.user_id
                for one in self._store.identities.values()
                if (one.issuer, one.subject) == (issuer, subject)
            ),
            None,
        )

    async def of_user(self, user_id: UserId, *, issuer: str) -> JoinedIdentity | None:
        return self._store.identities.get((user_id, issuer))

    async def remove(self, user_id: UserId, *, issuer: str) -> bool:
        return self._store.identities.pop((user_id, issuer), None) is not None
