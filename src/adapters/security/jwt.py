"""Access tokens as JSON Web Tokens, signed with HS256 and nothing else.

PyJWT is loaded with the first token: for the algorithms that are not used here it loads all that
`cryptography` knows of keys and certificates.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec

from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from domain.accounts.tenants import TenantId
from domain.accounts.users import UserId
from domain.errors import AccessTokenInvalid

if TYPE_CHECKING:
    from jwt import PyJWS

SHORTEST_SECRET_BYTES = 32
ALGORITHM = "HS256"
KIND = "JWT"
"""What `typ` has to say where it is there: a token made for something else opens nothing."""

YEAR_3000 = 32_503_680_000
LONGEST_TOKEN = 4096
"""Ours have some 400 characters, 2,000 with the longest email; a longer text is not looked at."""

NAME = "emporia-energy-api"
"""What `iss` and `aud` have to say in a token that has them; ours need neither."""

EpochSeconds = Annotated[int, msgspec.Meta(ge=0, lt=YEAR_3000)]
EpochMoment = Annotated[float, msgspec.Meta(ge=0, lt=YEAR_3000)]


class Payload(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The claims as they travel. Tokens from before logins had names lack `sid` and `auth_time`.

    Only those of a tenant's users have `tenant`, its id.

    The last three are never issued, but hold where they are there: whoever signs with the same
    secret for another program can say so.
    """

    sub: UUID
    email: str
    iat: EpochSeconds
    exp: EpochSeconds
    jti: str
    sid: str | None = None
    auth_time: EpochMoment | None = None
    tenant: UUID | None = None
    nbf: float = 0
    iss: str = NAME
    aud: str | list[str] = NAME


class JwtAccessTokens(AccessTokens):
    """Signs with the first secret and takes tokens of all, so that secrets can be rotated."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        if not secrets or any(len(secret) < SHORTEST_SECRET_BYTES for secret in secrets):
            raise ValueError(
                f"Access tokens need a secret of at least {SHORTEST_SECRET_BYTES} bytes."
            )
        self._secrets = tuple(secrets)

    @cached_property
    def _jws(self) -> "PyJWS":
        from jwt import PyJWS

        return PyJWS(algorithms=[ALGORITHM])

    def issue(self, claims: AccessClaims) -> str:
        payload = Payload(
            sub=claims.user_id,
            email=claims.email,
            iat=_seconds(claims.issued_at),
            exp=_seconds(claims.expires_at),
            jti=claims.token_id,
            sid=claims.login_id,
            auth_time=claims.login_at.timestamp(),
            tenant=claims.tenant_id,
        )
        return self._jws.encode(msgspec.json.encode(payload), self._secrets[0], ALGORITHM)

    def read(self, token: str, *, now: datetime) -> AccessClaims:
        from jwt import PyJWTError

        try:
            payload = msgspec.json.decode(self._verified(token), type=Payload)
        except (PyJWTError, ValueError):
            raise AccessTokenInvalid from None
        if payload.exp <= now.timestamp() or not _is_meant(payload, now=now):
            raise AccessTokenInvalid
        return AccessClaims(
            user_id=UserId(payload.sub),
            email=payload.email,
            token_id=payload.jti,
            login_id=payload.jti if payload.sid is None else payload.sid,
            login_at=_instant(payload.iat if payload.auth_time is None else payload.auth_time),
            issued_at=_instant(payload.iat),
            expires_at=_instant(payload.exp),
            tenant_id=None if payload.tenant is None else TenantId(payload.tenant),
        )

    def _verified(self, token: str) -> bytes:
        """What the token carries; raises PyJWTError, or ValueError for text without UTF-8 form."""
        from jwt import InvalidSignatureError

        if len(token) > LONGEST_TOKEN:
            raise InvalidSignatureError
        for secret in self._secrets:
            try:
                whole = self._jws.decode_complete(token, secret, [ALGORITHM])
            except InvalidSignatureError:
                continue
            if whole["header"].get("typ", KIND) != KIND:
                break
            payload: bytes = whole["payload"]
            return payload
        raise InvalidSignatureError


def _is_meant(payload: Payload, *, now: datetime) -> bool:
    """Whether the token is already good, from here, and for here, as far as it says."""
    audiences = [payload.aud] if isinstance(payload.aud, str) else payload.aud
    return payload.nbf <= now.timestamp() and payload.iss == NAME and NAME in audiences


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
