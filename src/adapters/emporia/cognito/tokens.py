"""The tokens in Cognito's answers."""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from domain.emporia.links import EmporiaSignIn, EmporiaTokens
from domain.errors import EmporiaRefusedCredentials, EmporiaUnreadable

LONGEST_LIFE_SECONDS = 366 * 86_400

Jwt = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\Z")]


class AuthenticationResult(Struct, rename="pascal"):
    """What a proven password or a good refresh token yields; a refresh yields no new one."""

    id_token: Jwt
    expires_in: Annotated[int, Meta(ge=1, le=LONGEST_LIFE_SECONDS)]
    refresh_token: str | None = None


class AuthenticationAnswer(Struct, rename="pascal"):
    """Either tokens, or another challenge."""

    authentication_result: AuthenticationResult | None = None
    challenge_name: str | None = None


class IdTokenClaims(Struct):
    """The claims that the gateway reads."""

    sub: Annotated[str, Meta(min_length=1)]
    iat: float
    exp: float


def read_sign_in(answer: Mapping[str, Any], *, asked_at: datetime) -> EmporiaSignIn:
    """Whose sign-in it is, and the tokens.

    Raises EmporiaRefusedCredentials for one more challenge (a second factor, a new password),
    which nobody here can answer, and EmporiaUnreadable.
    """
    payload = _converted(answer)
    result = payload.authentication_result
    if result is None and payload.challenge_name:
        raise EmporiaRefusedCredentials
    if result is None or not result.refresh_token:
        raise EmporiaUnreadable
    claims = _claims(result.id_token)
    return EmporiaSignIn(
        subject=claims.sub,
        tokens=_tokens(result, claims, refresh_token=result.refresh_token, asked_at=asked_at),
    )


def read_refresh(
    answer: Mapping[str, Any], *, refresh_token: str, asked_at: datetime
) -> EmporiaTokens:
    """The refreshed tokens, with the refresh token that was used; raises EmporiaUnreadable."""
    result = _converted(answer).authentication_result
    if result is None:
        raise EmporiaUnreadable
    return _tokens(result, _claims(result.id_token), refresh_token=refresh_token, asked_at=asked_at)


def _converted(answer: Mapping[str, Any]) -> AuthenticationAnswer:
    try:
        return msgspec.convert(answer, AuthenticationAnswer)
    except msgspec.ValidationError:
        raise EmporiaUnreadable from None


def _claims(id_token: str) -> IdTokenClaims:
    """Read, not verified: the token came over TLS from Cognito itself, and Emporia verifies it."""
    payload = id_token.split(".")[1]
    try:
        padded = payload + "=" * (-len(payload) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=IdTokenClaims)
    except (ValueError, RecursionError):
        raise EmporiaUnreadable from None


def _tokens(
    result: AuthenticationResult, claims: IdTokenClaims, *, refresh_token: str, asked_at: datetime
) -> EmporiaTokens:
    """Tokens dated by our own clock, of which Cognito's may differ.

    `ExpiresIn` is the access token's life; the id token, which is the one in use, may be given
    a shorter one.
    """
    life_seconds = min(result.expires_in, claims.exp - claims.iat)
    if life_seconds <= 0:
        raise EmporiaUnreadable
    return EmporiaTokens(
        id_token=result.id_token,
        refresh_token=refresh_token,
        issued_at=asked_at,
        expires_at=asked_at + timedelta(seconds=life_seconds),
    )
