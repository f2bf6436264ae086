"""What every AccessTokens keeps its word about, and what is JWT's own."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest

from adapters.fake.accounts.access_tokens import InMemoryAccessTokens
from adapters.security.jwt import JwtAccessTokens
from application.ports.accounts.access_tokens import AccessClaims, AccessTokens
from domain.accounts.users import UserId
from domain.errors import AccessTokenInvalid

SECRET = b"s" * 32
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
CLAIMS = AccessClaims(
    user_id=UserId(UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")),
    email="j\u00fcrgen@example.com",
    token_id="token",
    login_id="login",
    login_at=datetime(2026, 3, 1, 11, tzinfo=UTC),
    issued_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    expires_at=datetime(2026, 3, 1, 13, tzinfo=UTC),
)
PAYLOAD = {
    "sub": str(CLAIMS.user_id),
    "email": CLAIMS.email,
    "iat": int(CLAIMS.issued_at.timestamp()),
    "exp": int(CLAIMS.expires_at.timestamp()),
    "jti": "token",
    "sid": "login",
    "auth_time": int(CLAIMS.login_at.timestamp()),
}


UNSIGNED_HEADER = '{"alg":"none","typ":"JWT"}'


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(part: str) -> str:
    return urlsafe_b64decode(f"{part}==").decode()


@pytest.fixture(params=["in memory", "jwt"])
def tokens(request: pytest.FixtureRequest) -> AccessTokens:
    return {"in memory": InMemoryAccessTokens(), "jwt": JwtAccessTokens([SECRET])}[request.param]


def sign(payload: object, *, secret: bytes = SECRET, algorithm: str = "HS256") -> str:
    return jwt.PyJWS().encode(json.dumps(payload).encode(), secret, algorithm)


def test_a_token_says_what_it_was_issued_for(tokens: AccessTokens) -> None:
    assert tokens.read(tokens.issue(CLAIMS), now=NOW) == CLAIMS


def test_a_token_is_good_until_the_very_second_it_expires(tokens: AccessTokens) -> None:
    token = tokens.issue(CLAIMS)

    assert tokens.read(token, now=CLAIMS.expires_at - timedelta(microseconds=1)) == CLAIMS
    with pytest.raises(AccessTokenInvalid):
        tokens.read(token, now=CLAIMS.expires_at)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "token",
        "a.b.c",
        "..",
        "\u2603",
        "\ud800",
        "e30.e30.",
        f"{encoded('[]')}.e30.e30",
        f"{encoded('[' * 9000)}.e30.e30",
        f"{encoded('9' * 9000)}.e30.e30",
        f"{encoded(UNSIGNED_HEADER)}.{encoded(json.dumps(PAYLOAD))}.",
    ],
    ids=range(11),
)
def test_what_nobody_issued_is_invalid(tokens: AccessTokens, text: str) -> None:
    with pytest.raises(AccessTokenInvalid):
        tokens.read(text, now=NOW)


def test_a_changed_token_is_invalid(tokens: AccessTokens) -> None:
    token = tokens.issue(CLAIMS)

    with pytest.raises(AccessTokenInvalid):
        tokens.read(token[:-2], now=NOW)
    with pytest.raises(AccessTokenInvalid):
        tokens.read(f"x{token}", now=NOW)


def test_a_jwt_carries_the_documented_claims() -> None:
    token = JwtAccessTokens([SECRET]).issue(CLAIMS)

    header, payload, _ = token.split(".")

    assert json.loads(decoded(header)) == {"alg": "HS256", "typ": "JWT"}
    assert json.loads(decoded(payload)) == PAYLOAD


def test_a_jwt_that_names_no_login_is_a_login_of_its_own() -> None:
    token = sign({key: PAYLOAD[key] for key in ("sub", "email", "iat", "exp", "jti")})

    assert JwtAccessTokens([SECRET]).read(token, now=NOW) == replace(
        CLAIMS, login_id=CLAIMS.token_id, login_at=CLAIMS.issued_at
    )


def test_a_jwt_signed_with_a_former_secret_is_still_good() -> None:
    former = JwtAccessTokens([SECRET]).issue(CLAIMS)
    rotated = JwtAccessTokens([b"n" * 32, SECRET])

    assert rotated.read(former, now=NOW) == CLAIMS
    assert JwtAccessTokens([b"n" * 32]).read(rotated.issue(CLAIMS), now=NOW) == CLAIMS


def test_a_jwt_signed_with_a_foreign_secret_is_invalid() -> None:
    foreign = JwtAccessTokens([b"f" * 32]).issue(CLAIMS)

    with pytest.raises(AccessTokenInvalid):
        JwtAccessTokens([SECRET]).read(foreign, now=NOW)


def test_no_algorithm_but_ours_is_taken() -> None:
    token = sign(PAYLOAD, secret=SECRET * 2, algorithm="HS512")

    with pytest.raises(AccessTokenInvalid):
        JwtAccessTokens([SECRET * 2]).read(token, now=NOW)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("sub", "ada"),
        ("sub", 7),
        ("sub", None),
        ("email", None),
        ("jti", 7),
        ("sid", 7),
        ("iat", True),
        ("iat", -1),
        ("iat", None),
        ("exp", True),
        ("exp", "1772370000"),
        ("exp", 1772370000.5),
        ("exp", 10**11),
        ("exp", 10**400),
        ("exp", float("inf")),
        ("exp", None),
        ("auth_time", False),
        ("auth_time", 10**20),
        ("auth_time", "yesterday"),
    ],
)
def test_a_well_signed_claim_that_makes_no_sense_is_invalid(claim: str, value: Any) -> None:
    token = sign(PAYLOAD | {claim: value})

    with pytest.raises(AccessTokenInvalid):
        JwtAccessTokens([SECRET]).read(token, now=NOW)


@pytest.mark.parametrize("claim", ["sub", "email", "iat", "exp", "jti"])
def test_a_required_claim_that_is_missing_makes_a_jwt_invalid(claim: str) -> None:
    token = sign({key: value for key, value in PAYLOAD.items() if key != claim})

    with pytest.raises(AccessTokenInvalid):
        JwtAccessTokens([SECRET]).read(token, now=NOW)


@pytest.mark.parametrize("payload", [[], None, 7, "text"])
def test_a_well_signed_payload_that_is_no_object_is_invalid(payload: object) -> None:
    with pytest.raises(AccessTokenInvalid):
        JwtAccessTokens([SECRET]).read(sign(payload), now=NOW)


@pytest.mark.parametrize("secrets", [[], [b"short secret"], [SECRET, b"short secret"]])
def test_short_secrets_are_refused_without_being_shown(secrets: list[bytes]) -> None:
    with pytest.raises(ValueError, match="at least 32 bytes") as refusal:
        JwtAccessTokens(secrets)

    assert "short secret" not in str(refusal.value)


NOW_SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    "more",
    [
        {"nbf": NOW_SECONDS},
        {"nbf": NOW_SECONDS - 0.5},
        {"iss": "emporia-energy-api"},
        {"aud": "emporia-energy-api"},
        {"aud": ["another", "emporia-energy-api"]},
        {"unknown": "claim"},
    ],
)
def test_a_token_may_say_from_when_from_whom_and_for_whom_it_is(more: dict[str, Any]) -> None:
    token = sign({**PAYLOAD, **more})

    assert JwtAccessTokens([SECRET]).read(token, now=NOW) == CLAIMS


@pytest.mark.parametrize(
    "wrong",
    [
        {"nbf": NOW_SECONDS + 1},
        {"nbf": "now"},
        {"nbf": None},
        {"iss": "another program"},
        {"iss": None},
        {"iss": ["emporia-energy-api"]},
        {"aud": "another program"},
        {"aud": ["another program"]},
        {"aud": []},
        {"aud": None},
        {"aud": {"emporia-energy-api": 1}},
    ],
)
def test_a_token_that_is_not_yet_good_or_not_for_us_is_invalid(wrong: dict[str, Any]) -> None:
    token = sign({**PAYLOAD, **wrong})

    with pytest.raises(AccessTokenInvalid):
        JwtAccessTokens([SECRET]).read(token, now=NOW)


def test_tokens_of_ours_say_no_more_than_before() -> None:
    _, payload, _ = JwtAccessTokens([SECRET]).issue(CLAIMS).split(".")

    assert json.loads(decoded(payload)) == PAYLOAD


def test_a_text_far_longer_than_a_token_is_not_taken_apart(monkeypatch) -> None:
    tokens = JwtAccessTokens([SECRET])
    monkeypatch.setattr(tokens, "_jws", None)

    with pytest.raises(AccessTokenInvalid):
        tokens.read("x" * 5000, now=NOW)


def test_a_token_of_the_longest_email_is_read() -> None:
    claims = replace(CLAIMS, email="\U0001f600" * 242 + "@example.com")
    tokens = JwtAccessTokens([SECRET])

    assert tokens.read(tokens.issue(claims), now=NOW) == claims
