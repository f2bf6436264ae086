"""Emporia's user pool, where passwords turn into tokens."""

from typing import Protocol

from domain.emporia.links import EmporiaSignIn, EmporiaTokens


class EmporiaUserPool(Protocol):
    """Signs in at Emporia; never keeps a password. Times in tokens are UTC."""

    async def sign_in(self, username: str, password: str) -> EmporiaSignIn:
        """Prove the password and get tokens.

        Raises EmporiaRefusedCredentials, EmporiaPasswordResetRequired, EmporiaUserNotConfirmed,
        EmporiaClockDiffers, EmporiaUnavailable (throttled, locked out, down, unreachable),
        EmporiaTimedOut or EmporiaUnreadable.
        """
        ...

    async def refresh(self, tokens: EmporiaTokens) -> EmporiaTokens:
        """A new id token for the same refresh token, which stays.

        Raises EmporiaTokenRefused when the refresh token is no longer taken, and
        EmporiaUnavailable, EmporiaTimedOut or EmporiaUnreadable as above.
        """
        ...
