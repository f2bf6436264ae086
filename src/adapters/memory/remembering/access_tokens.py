"""Tokens that were checked once: a signature stays good until its token expires."""

from datetime import datetime
from hashlib import sha256

from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from domain.errors import AccessTokenInvalid

MOST_REMEMBERED = 10_000


class RememberingAccessTokens(AccessTokens):
    """Checks each token once, and remembers it by its hash: no token is kept in memory.

    Whether its login was ended is not asked here. Full, it begins anew.
    """

    def __init__(self, kept: AccessTokens) -> None:
        self._kept = kept
        self._claims: dict[bytes, AccessClaims] = {}

    def issue(self, claims: AccessClaims) -> str:
        return self._kept.issue(claims)

    def read(self, token: str, *, now: datetime) -> AccessClaims:
        key = sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._claims.get(key)
        if known is None:
            known = self._kept.read(token, now=now)
            if len(self._claims) >= MOST_REMEMBERED:
                self._claims.clear()
            self._claims[key] = known
        elif known.expires_at <= now:
            del self._claims[key]
            raise AccessTokenInvalid
        return known
