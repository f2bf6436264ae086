"""Signing in at Emporia, with a growing pause after refusals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from application.ports.accounts.refusals import Refusals
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.emporia_user_pool import EmporiaUserPool
from domain.accounts.users import UserId
from domain.emporia.links import EmporiaCredentials, EmporiaSignIn
from domain.errors import (
    EmporiaClockDiffers,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaSignInPaused,
    EmporiaUserNotConfirmed,
)

REFUSED = (
    EmporiaRefusedCredentials,
    EmporiaPasswordResetRequired,
    EmporiaUserNotConfirmed,
    EmporiaClockDiffers,
)
"""Whatever Emporia may count as a wrong password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInAtEmporia:
    """Tries a password at Emporia, but not for whoever was refused often, nor for such a name.

    Else the gateway would guess Emporia's passwords for its users, and Emporia would lock out the
    account's owner.
    """

    user_pool: EmporiaUserPool
    links: EmporiaLinkRepository
    refusals: Refusals

    async def __call__(self, user_id: UserId, credentials: EmporiaCredentials) -> EmporiaSignIn:
        """Raises EmporiaSignInPaused without asking Emporia, or an EmporiaError."""
        async with self._counted(f"user {user_id}"):
            if await self._is_linked(user_id, credentials):
                # Nobody else's wrong guesses keep the owner from linking the account again.
                return await self._sign_in(credentials)
            async with self._counted(f"name {credentials.key}"):
                return await self._sign_in(credentials)

    async def _sign_in(self, credentials: EmporiaCredentials) -> EmporiaSignIn:
        return await self.user_pool.sign_in(credentials.username, credentials.password)

    async def _is_linked(self, user_id: UserId, credentials: EmporiaCredentials) -> bool:
        """Whether the user has proved this account's password before."""
        link = await self.links.of_user(user_id)
        return link is not None and link.emporia_username.lower() == credentials.key

    @asynccontextmanager
    async def _counted(self, key: str) -> AsyncIterator[None]:
        pause = await self.refusals.begin(key)
        if pause > 0:
            raise EmporiaSignInPaused(retry_after_seconds=pause)
        refused = False
        try:
            yield
        except REFUSED:
            refused = True
            raise
        finally:
            await self.refusals.end(key, refused=refused)
