"""What an id_token says, believed only where all of it fits."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
import msgspec

from domain.accounts.errors import IdentityRefused
from domain.accounts.identities import ProvenIdentity

KEY_TYPES = {"RS256": "RSA", "ES256": "EC"}
"""The algorithms that are taken: nothing unsigned, and nothing signed with what others know."""

LEEWAY_SECONDS = 60
LONGEST_TOKEN = 16_384
LONGEST_SUBJECT = 255


class Claims(msgspec.Struct, frozen=True):
    """The claims that decide."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: float
    iat: float
    nonce: str
    azp: str | None = None
    auth_time: float | None = None
    email: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token has to say."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime


def header_of(token: str) -> tuple[str, str | None]:
    """Algorithm and name of the key, before anything is believed; raises IdentityRefused."""
    if len(token) > LONGEST_TOKEN:
        raise IdentityRefused
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError):
        raise IdentityRefused from None
    algorithm, name = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in KEY_TYPES:
        raise IdentityRefused
    if not (name is None or isinstance(name, str)):
        raise IdentityRefused
    return algorithm, name


def key_for(keys: list[Any], *, algorithm: str, name: str | None) -> jwt.PyJWK | None:
    """The provider's key of that name; the only one that fits where the token names none."""
    fitting = [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("kty") == KEY_TYPES[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (name is None or key.get("kid") == name)
    ]
    if len(fitting) != 1:
        return None
    try:
        return jwt.PyJWK(fitting[0], algorithm)
    except jwt.PyJWTError:
        return None


def read(token: str, key: jwt.PyJWK, *, algorithm: str, expected: Expected) -> ProvenIdentity:
    """Whom the token vouches for; raises IdentityRefused."""
    try:
        payload = jwt.PyJWS(algorithms=[algorithm]).decode(token, key.key, [algorithm])
        claims = msgspec.json.decode(payload, type=Claims)
    except (jwt.PyJWTError, ValueError):
        raise IdentityRefused from None
    if not _fits(claims, expected):
        raise IdentityRefused
    return ProvenIdentity(
        issuer=claims.iss,
        subject=claims.sub,
        email=claims.email if isinstance(claims.email, str) else None,
        proved_at=_instant(claims.auth_time, now=expected.now),
    )


def _fits(claims: Claims, expected: Expected) -> bool:
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    now = expected.now.timestamp()
    return (
        claims.iss == expected.issuer
        and expected.client_id in audiences
        and claims.azp
        in ({expected.client_id, None} if len(audiences) == 1 else {expected.client_id})
        and now - LEEWAY_SECONDS < claims.exp
        and claims.iat <= now + LEEWAY_SECONDS
        and hmac.compare_digest(claims.nonce.encode(), expected.nonce.encode())
        and 0 < len(claims.sub) <= LONGEST_SUBJECT
    )


def _instant(seconds: float | None, *, now: datetime) -> datetime | None:
    """When a proof was given; None for what can't be, such as a time that has not come."""
    if seconds is None or not 0 <= seconds <= now.timestamp() + LEEWAY_SECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC)
