"""Where it is kept who signs in with which identity."""

from typing import Protocol

from domain.accounts.identities import JoinedIdentity
from domain.accounts.users import UserId


class Identities(Protocol):
    """Keeps at most one identity of an issuer for a user, erased with the user."""

    async def add(self, identity: JoinedIdentity) -> bool:
        """Keep one; False where it or the user's place is taken, or the user is gone."""
        ...

    async def owner_of(self, *, issuer: str, subject: str) -> UserId | None:
        """Who signs in with it; None for nobody. Issuer and subject compare letter by letter."""
        ...

    async def of_user(self, user_id: UserId, *, issuer: str) -> JoinedIdentity | None:
        """What the user signs in with at this issuer; None for nothing."""
        ...

    async def remove(self, user_id: UserId, *, issuer: str) -> bool:
        """Forget it; False where there was none."""
        ...
