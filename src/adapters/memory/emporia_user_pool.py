"""Counts how often Emporia's user pool was asked, and what came of it."""

from collections import Counter
from collections.abc import Mapping

from application.ports.emporia.emporia_user_pool import EmporiaUserPool
from domain.emporia.links import EmporiaSignIn, EmporiaTokens
from domain.errors import DomainError


class CountingEmporiaUserPool(EmporiaUserPool):
    """Passes everything on to another pool."""

    def __init__(self, pool: EmporiaUserPool) -> None:
        self._pool = pool
        self._refreshes = Counter(renewed=0)

    @property
    def refreshes(self) -> Mapping[str, int]:
        """Refreshes of tokens: `renewed`, or the kind of failure."""
        return dict(self._refreshes)

    async def sign_in(self, username: str, password: str) -> EmporiaSignIn:
        return await self._pool.sign_in(username, password)

    async def refresh(self, tokens: EmporiaTokens) -> EmporiaTokens:
        try:
            renewed = await self._pool.refresh(tokens)
        except DomainError as failure:
            self._refreshes[type(failure).__name__] += 1
            raise
        self._refreshes["renewed"] += 1
        return renewed
