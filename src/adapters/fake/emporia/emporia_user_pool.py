"""Emporia's user pool by script."""

from dataclasses import replace
from datetime import timedelta

from application.ports.clock import Clock
from application.ports.emporia.emporia_user_pool import EmporiaUserPool
from domain.emporia.links import EmporiaSignIn, EmporiaTokens
from domain.errors import EmporiaError, EmporiaRefusedCredentials, EmporiaTokenRefused


class ScriptedEmporiaUserPool(EmporiaUserPool):
    """Knows the passwords in `passwords`; fails with `failure` while one is set.

    The subject of a user is their name, unless `subjects` has another. Every sign-in and refresh is
    counted. Sign-ins alone fail with `sign_in_failure` and take `sign_in_seconds`; refreshes take
    `answer_seconds`, and are refused to the refresh tokens in `revoked`.
    """

    def __init__(self, clock: Clock, *, token_lifetime: timedelta = timedelta(hours=1)) -> None:
        self._clock = clock
        self._token_lifetime = token_lifetime
        self.passwords = {"home@example.com": "emporia-password"}
        self.subjects: dict[str, str] = {}
        self.failure: EmporiaError | None = None
        self.sign_in_failure: EmporiaError | None = None
        self.sign_in_seconds = 0.0
        self.sign_ins = 0
        self.refreshes = 0
        self.revoked: set[str] = set()
        self.answer_seconds = 0.0

    async def sign_in(self, username: str, password: str) -> EmporiaSignIn:
        """Tokens named after the user and the number of the sign-in."""
        self.sign_ins += 1
        if self.sign_in_seconds:
            await self._clock.sleep(self.sign_in_seconds)
        self._fail_if_told()
        if self.sign_in_failure is not None:
            raise self.sign_in_failure
        if self.passwords.get(username) != password:
            raise EmporiaRefusedCredentials
        now = self._clock.now()
        tokens = EmporiaTokens(
            id_token=f"id-{username}-{self.sign_ins}",
            refresh_token=f"refresh-{username}-{self.sign_ins}",
            issued_at=now,
            expires_at=now + self._token_lifetime,
        )
        return EmporiaSignIn(subject=self.subjects.get(username, username), tokens=tokens)

    async def refresh(self, tokens: EmporiaTokens) -> EmporiaTokens:
        """The same refresh token with another id token."""
        self.refreshes += 1
        await self._clock.sleep(self.answer_seconds)
        self._fail_if_told()
        if tokens.refresh_token in self.revoked:
            raise EmporiaTokenRefused
        now = self._clock.now()
        return replace(
            tokens,
            id_token=f"{tokens.id_token}+",
            issued_at=now,
            expires_at=now + self._token_lifetime,
        )

    def _fail_if_told(self) -> None:
        if self.failure is not None:
            raise self.failure
