"""Refresh tokens, and the sign-ins that they stand for.

A token carries its sign-in, sealed: a pool that starts again with the same key goes on to take
it. Which sign-ins were ended the process alone remembers.
"""

import heapq
import time
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass

import msgspec
from cryptography.fernet import Fernet, InvalidToken

KEY_BYTES = 32
MOST_GRANTS = 10_000
PLAIN_BYTES = 700
"""What is sealed is filled up to so much: clients have to cope with tokens as long as Cognito's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshGrant:
    """A sign-in that can be refreshed."""

    user_id: str
    signed_in_at: float
    expires_at: float
    origin: str
    """What the tokens of one sign-in have in common."""


class RefreshGrants:
    """Issues refresh tokens, reads them, and ends what they stand for."""

    def __init__(self, key: bytes, *, most: int = MOST_GRANTS) -> None:
        self._fernet = Fernet(urlsafe_b64encode(key))
        self._most = most
        self._grants: dict[str, RefreshGrant] = {}
        self._oldest_first: list[tuple[float, str]] = []
        self._revoked_origins: set[str] = set()
        self._all_revoked_at: dict[str, float] = {}

    def issue(self, user_id: str, *, lifetime_seconds: float) -> tuple[str, RefreshGrant]:
        """A new refresh token; its clock runs from now and is never wound up again."""
        now = time.time()
        grant = RefreshGrant(
            user_id=user_id,
            signed_in_at=now,
            expires_at=now + lifetime_seconds,
            origin=str(uuid.uuid4()),
        )
        self._keep(grant)
        plain = msgspec.json.encode(grant).ljust(PLAIN_BYTES)
        return self._fernet.encrypt(plain).decode(), grant

    def read(self, token: str) -> RefreshGrant | None:
        """What a refresh token stands for, if it is one of ours."""
        grant = self._opened(token)
        if grant is None:
            return None
        if grant.origin not in self._grants:
            self._take_over(grant)
        return self._grants.get(grant.origin)

    def revoke(self, grant: RefreshGrant) -> None:
        """End a sign-in: its refresh token and what was issued for it."""
        self._revoked_origins.add(grant.origin)

    def revoke_all(self, user_id: str) -> int:
        """End all sign-ins of a user; returns how many of them are known."""
        self._all_revoked_at[user_id] = time.time()
        users = [grant for grant in self._grants.values() if grant.user_id == user_id]
        for grant in users:
            self.revoke(grant)
        return len(users)

    def is_revoked(self, origin: str) -> bool:
        """Whether the sign-in with that origin was ended."""
        return origin in self._revoked_origins

    def _take_over(self, grant: RefreshGrant) -> None:
        """Keep what an earlier process issued, unless all of its user's was ended since."""
        if grant.signed_in_at <= self._all_revoked_at.get(grant.user_id, 0.0):
            self.revoke(grant)
        self._keep(grant)

    def _keep(self, grant: RefreshGrant) -> None:
        """The oldest makes way, and does so again when it is shown once more."""
        self._grants[grant.origin] = grant
        heapq.heappush(self._oldest_first, (grant.signed_in_at, grant.origin))
        if len(self._grants) > self._most:
            _, dropped = heapq.heappop(self._oldest_first)
            del self._grants[dropped]
            self._revoked_origins.discard(dropped)

    def _opened(self, token: str) -> RefreshGrant | None:
        if not token.isascii():
            return None
        try:
            return msgspec.json.decode(self._fernet.decrypt(token), type=RefreshGrant)
        except InvalidToken:
            return None
