import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapters.emporia.cognito.tokens import read_sign_in
from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.fake.clock import ManualClock
from domain.emporia.links import EmporiaTokens
from domain.errors import (
    EmporiaError,
    EmporiaRefusedCredentials,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

MakeUserPool = Callable[[Callable[[httpx.Request], httpx.Response]], CognitoEmporiaUserPool]
MakeIdToken = Callable[..., str]


async def test_a_refresh_is_one_plain_request(
    make_user_pool: MakeUserPool, make_id_token: MakeIdToken, tokens: EmporiaTokens
) -> None:
    questions: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        questions.append(request)
        result = {"IdToken": make_id_token(), "ExpiresIn": 3600}
        return httpx.Response(200, json={"AuthenticationResult": result})

    await make_user_pool(answer).refresh(tokens)

    (question,) = questions
    assert str(question.url) == "https://cognito.test/"
    assert question.headers["x-amz-target"] == "AWSCognitoIdentityProviderService.InitiateAuth"
    assert question.headers["content-type"] == "application/x-amz-json-1.1"
    assert json.loads(question.content) == {
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "ClientId": "the-client",
        "AuthParameters": {"REFRESH_TOKEN": "the-refresh-token"},
    }


@pytest.mark.parametrize("extra", [{}, {"RefreshToken": "another"}, {"RefreshToken": ""}])
async def test_a_refresh_brings_a_new_id_token_and_keeps_the_refresh_token(
    make_user_pool: MakeUserPool,
    make_id_token: MakeIdToken,
    tokens: EmporiaTokens,
    clock: ManualClock,
    extra: dict[str, Any],
) -> None:
    result = {"IdToken": make_id_token(), "ExpiresIn": 3600, **extra}
    pool = make_user_pool(lambda _: httpx.Response(200, json={"AuthenticationResult": result}))
    await clock.advance(1_000)

    refreshed = await pool.refresh(tokens)

    assert refreshed.id_token == make_id_token()
    assert refreshed.refresh_token == "the-refresh-token"
    assert refreshed.issued_at == clock.now()
    assert refreshed.expires_at == clock.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (
            400,
            '{"__type":"NotAuthorizedException","message":"Refresh Token has expired"}',
            EmporiaTokenRefused,
        ),
        (400, '{"__type":"com.amazonaws#UserNotFoundException"}', EmporiaTokenRefused),
        (400, '{"__type":"TooManyRequestsException"}', EmporiaUnavailable),
        (500, '{"__type":"InternalErrorException"}', EmporiaUnavailable),
        (502, "<html>", EmporiaUnavailable),
        (400, "<html>", EmporiaUnreadable),
        (403, "", EmporiaUnreadable),
        (302, "", EmporiaUnreadable),
        (200, "<html>", EmporiaUnreadable),
        (200, "{}", EmporiaUnreadable),
        (200, '{"ChallengeName":"DEVICE_SRP_AUTH"}', EmporiaUnreadable),
        (200, '{"AuthenticationResult":{"IdToken":"no token","ExpiresIn":1}}', EmporiaUnreadable),
        (200, '{"AuthenticationResult":{"IdToken":"a.b.c","ExpiresIn":60}}', EmporiaUnreadable),
    ],
)
async def test_a_failed_refresh_kills_the_link_only_where_the_token_is_refused(
    make_user_pool: MakeUserPool,
    tokens: EmporiaTokens,
    status: int,
    body: str,
    error: type[EmporiaError],
) -> None:
    pool = make_user_pool(lambda _: httpx.Response(status, text=body))

    with pytest.raises(error) as raised:
        await pool.refresh(tokens)

    assert raised.type is error


async def test_throttling_of_a_refresh_tells_when_to_try_again(
    make_user_pool: MakeUserPool, tokens: EmporiaTokens
) -> None:
    pool = make_user_pool(lambda _: httpx.Response(429, headers={"Retry-After": "7"}))

    with pytest.raises(EmporiaUnavailable) as raised:
        await pool.refresh(tokens)

    assert raised.value.retry_after_seconds == 7


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("", "password"),
        ("  ", "password"),
        ("home@example.com", ""),
        ("\ud800@example.com", "password"),
        ("home@example.com", "pass\udfffword"),
    ],
)
async def test_what_can_be_no_credentials_is_refused_without_asking(
    make_user_pool: MakeUserPool, username: str, password: str
) -> None:
    pool = make_user_pool(lambda _: httpx.Response(500))

    with pytest.raises(EmporiaRefusedCredentials):
        await pool.sign_in(username, password)


def test_a_sign_in_is_dated_by_our_own_clock(
    make_id_token: MakeIdToken, clock: ManualClock
) -> None:
    answer = {
        "AuthenticationResult": {
            "IdToken": make_id_token(iat=9_000_000_000, exp=9_000_003_600),
            "RefreshToken": "long",
            "ExpiresIn": 3600,
        }
    }

    signed_in = read_sign_in(answer, asked_at=clock.now())

    assert signed_in.subject == "the-subject"
    assert signed_in.tokens.refresh_token == "long"
    assert signed_in.tokens.issued_at == clock.now()
    assert signed_in.tokens.expires_at == clock.now() + timedelta(hours=1)


def test_an_id_token_that_dies_before_the_access_token_decides_the_life(
    make_id_token: MakeIdToken, clock: ManualClock
) -> None:
    answer = {
        "AuthenticationResult": {
            "IdToken": make_id_token(iat=0, exp=60),
            "RefreshToken": "long",
            "ExpiresIn": 3600,
        }
    }

    signed_in = read_sign_in(answer, asked_at=clock.now())

    assert signed_in.tokens.expires_at == clock.now() + timedelta(minutes=1)


@pytest.mark.parametrize("challenge", ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "MFA_SETUP"])
def test_one_more_challenge_refuses_the_credentials(challenge: str, clock: ManualClock) -> None:
    with pytest.raises(EmporiaRefusedCredentials):
        read_sign_in({"ChallengeName": challenge, "Session": "x"}, asked_at=clock.now())


@pytest.mark.parametrize(
    "claims", [{"sub": ""}, {"sub": None}, {"iat": "now"}, {"exp": None}, {"exp": 1_000}]
)
def test_an_id_token_without_sane_claims_is_unreadable(
    make_id_token: MakeIdToken, clock: ManualClock, claims: dict[str, Any]
) -> None:
    result = {"IdToken": make_id_token(**claims), "RefreshToken": "long", "ExpiresIn": 3600}

    with pytest.raises(EmporiaUnreadable):
        read_sign_in({"AuthenticationResult": result}, asked_at=clock.now())


@pytest.mark.parametrize(
    "changed",
    [
        {"RefreshToken": None},
        {"RefreshToken": ""},
        {"ExpiresIn": 0},
        {"ExpiresIn": "3600"},
        {"ExpiresIn": 10**12},
        {"IdToken": "a.b.c\n"},
        {"IdToken": "a.b"},
        {"IdToken": None},
    ],
)
def test_a_sign_in_without_whole_tokens_is_unreadable(
    make_id_token: MakeIdToken, clock: ManualClock, changed: dict[str, Any]
) -> None:
    result = {"IdToken": make_id_token(), "RefreshToken": "long", "ExpiresIn": 3600, **changed}

    with pytest.raises(EmporiaUnreadable):
        read_sign_in({"AuthenticationResult": result}, asked_at=clock.now())
