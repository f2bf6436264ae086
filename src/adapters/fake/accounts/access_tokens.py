"""Access tokens that are looked up instead of signed."""

from datetime import datetime

from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from domain.errors import AccessTokenInvalid


class InMemoryAccessTokens(AccessTokens):
    """Knows the tokens that it issued itself and no other; their text can be read at a glance."""

    def __init__(self) -> None:
        self._issued: dict[str, AccessClaims] = {}

    def issue(self, claims: AccessClaims) -> str:
        token = f"token-{len(self._issued) + 1}-of-{claims.user_id}"
        self._issued[token] = claims
        return token

    def read(self, token: str, *, now: datetime) -> AccessClaims:
        claims = self._issued.get(token)
        if claims is None or now >= claims.expires_at:
            raise AccessTokenInvalid
        return claims
