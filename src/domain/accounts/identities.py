"""People as somebody else knows them: a provider of identities that the operator has chosen."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from domain.accounts.users import UserId

FLOW_LASTS = timedelta(minutes=10)
"""How long somebody may take to sign in at the provider."""

HAND_OVER_LASTS = timedelta(seconds=60)
"""How long the page may take to fetch the token, once the provider has vouched for somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joiner:
    """The login from which an identity is being joined to its user."""

    user_id: UserId
    login_id: str
    login_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A way to the provider and back; it lasts until then (UTC).

    Kept by the browser that goes, sealed, so that nobody else can come back in its place. `joiner`
    is None for somebody who signs in.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    return_address: str
    until: datetime
    joiner: Joiner | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenIdentity:
    """Whom the provider vouches for. When it saw proof (UTC) is None where it does not say."""

    issuer: str
    subject: str = field(repr=False)
    email: str | None = field(default=None, repr=False)
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedIdentity:
    """An identity that a user signs in with, joined then (UTC)."""

    user_id: UserId
    issuer: str
    subject: str = field(repr=False)
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A login that is good and waits for its page; `binding` is in the browser that signed in."""

    user_id: UserId
    binding: str = field(repr=False)
    begun_at: datetime
    is_fresh: bool


def challenge_of(verifier: str) -> str:
    """What the provider is told of a verifier: S256 of PKCE, RFC 7636."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
