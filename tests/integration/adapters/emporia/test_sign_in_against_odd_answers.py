"""The sign-in, with real pycognito, against answers that no well-behaved pool gives."""

import json
from collections.abc import Callable
from typing import Any, Protocol

import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from domain.errors import (
    EmporiaError,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
)

MakeUserPool = Callable[..., CognitoEmporiaUserPool]

PASSWORD_VERIFIER = {
    "ChallengeName": "PASSWORD_VERIFIER",
    "ChallengeParameters": {
        "SALT": "a1b2",
        "SRP_B": "1234567890abcdef",
        "SECRET_BLOCK": "c2VjcmV0",
        "USERNAME": "internal",
        "USER_ID_FOR_SRP": "internal",
    },
}


class Cloud(Protocol):
    base_url: str
    bodies: list[bytes]
    answers: Any

    def answer(self, status: int, body: Any, **headers: str) -> None: ...


@pytest.mark.parametrize(
    "challenge",
    ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED", "EMAIL_OTP", "DEVICE_SRP_AUTH"],
)
async def test_a_challenge_beyond_the_password_refuses_the_credentials(
    cloud: Cloud, make_user_pool: MakeUserPool, challenge: str
) -> None:
    cloud.answer(200, PASSWORD_VERIFIER)
    cloud.answer(200, {"ChallengeName": challenge, "ChallengeParameters": {}, "Session": "x"})

    with pytest.raises(EmporiaRefusedCredentials):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")


async def test_a_pool_that_does_not_ask_for_the_password_refuses_the_credentials(
    cloud: Cloud, make_user_pool: MakeUserPool
) -> None:
    cloud.answer(200, {"ChallengeName": "CUSTOM_CHALLENGE", "ChallengeParameters": {}})

    with pytest.raises(EmporiaRefusedCredentials):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")


@pytest.mark.parametrize(
    ("code", "message", "error"),
    [
        ("NotAuthorizedException", "Incorrect username or password.", EmporiaRefusedCredentials),
        ("NotAuthorizedException", "Password attempts exceeded", EmporiaUnavailable),
        ("UserNotFoundException", "User does not exist.", EmporiaRefusedCredentials),
        ("InvalidParameterException", "Missing USERNAME", EmporiaRefusedCredentials),
        ("PasswordResetRequiredException", "", EmporiaPasswordResetRequired),
        ("UserNotConfirmedException", "", EmporiaUserNotConfirmed),
        ("TooManyRequestsException", "Rate exceeded", EmporiaUnavailable),
        ("ResourceNotFoundException", "", EmporiaUnavailable),
        ("SomethingNewException", "", EmporiaUnreadable),
    ],
)
async def test_cognitos_errors_are_told_apart_after_one_request(
    cloud: Cloud,
    make_user_pool: MakeUserPool,
    code: str,
    message: str,
    error: type[EmporiaError],
) -> None:
    cloud.answer(400, {"__type": code, "message": message})

    with pytest.raises(error) as raised:
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")

    assert raised.type is error
    assert str(raised.value) == error.sentence
    assert len(cloud.bodies) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_an_outage_without_cognitos_own_words_is_unavailable_after_one_request(
    cloud: Cloud, make_user_pool: MakeUserPool, status: int
) -> None:
    cloud.answer(status, b"<html>", Retry_After="11")

    with pytest.raises(EmporiaUnavailable) as raised:
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")

    assert raised.value.retry_after_seconds == 11
    assert len(cloud.bodies) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"",
        [],
        {},
        {"ChallengeName": "PASSWORD_VERIFIER"},
        {"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": {"SALT": "a1"}},
        {"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": "none"},
        {
            **PASSWORD_VERIFIER,
            "ChallengeParameters": {**PASSWORD_VERIFIER["ChallengeParameters"], "SRP_B": "no hex"},  # type: ignore[dict-item]
        },
        {
            **PASSWORD_VERIFIER,
            "ChallengeParameters": {**PASSWORD_VERIFIER["ChallengeParameters"], "SALT": ""},  # type: ignore[dict-item]
        },
        {
            **PASSWORD_VERIFIER,
            "ChallengeParameters": {**PASSWORD_VERIFIER["ChallengeParameters"], "SECRET_BLOCK": 5},  # type: ignore[dict-item]
        },
    ],
)
async def test_a_nonsensical_challenge_is_unreadable(
    cloud: Cloud, make_user_pool: MakeUserPool, body: Any
) -> None:
    cloud.answer(200, body)

    with pytest.raises(EmporiaUnreadable):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")


@pytest.mark.parametrize(
    "body", [b"", b"<html>", [], {}, {"__type": None, "message": None}, {"__type": 5}]
)
async def test_an_error_without_a_known_type_is_unreadable(
    cloud: Cloud, make_user_pool: MakeUserPool, body: Any
) -> None:
    cloud.answer(400, body)

    with pytest.raises(EmporiaUnreadable):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")


@pytest.mark.parametrize("body", [b"<html>", {}, [], {"AuthenticationResult": {}}])
async def test_a_proven_password_without_tokens_is_unreadable(
    cloud: Cloud, make_user_pool: MakeUserPool, body: Any
) -> None:
    cloud.answer(200, PASSWORD_VERIFIER)
    cloud.answer(200, body)

    with pytest.raises(EmporiaUnreadable):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")


async def test_a_pool_that_hangs_up_is_unavailable(
    cloud: Cloud, make_user_pool: MakeUserPool
) -> None:
    cloud.answers.append(b"")

    with pytest.raises(EmporiaUnavailable):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")


async def test_a_pool_that_is_not_there_is_unavailable(make_user_pool: MakeUserPool) -> None:
    with pytest.raises(EmporiaUnavailable):
        await make_user_pool("http://127.0.0.1:9").sign_in("home@example.com", "password")


async def test_a_silent_pool_times_out(cloud: Cloud, make_user_pool: MakeUserPool) -> None:
    cloud.answers.append(None)

    with pytest.raises(EmporiaTimedOut):
        await make_user_pool(cloud.base_url, read_timeout_seconds=0.05).sign_in("a@b.c", "password")


async def test_the_whole_sign_in_has_a_limit_of_its_own(
    cloud: Cloud, make_user_pool: MakeUserPool
) -> None:
    cloud.answers.append(None)
    pool = make_user_pool(cloud.base_url, read_timeout_seconds=0.5, total_timeout_seconds=0.05)

    with pytest.raises(EmporiaTimedOut):
        await pool.sign_in("home@example.com", "password")


async def test_the_user_name_is_trimmed_and_lower_cased(
    cloud: Cloud, make_user_pool: MakeUserPool
) -> None:
    cloud.answer(400, {"__type": "UserNotFoundException"})

    with pytest.raises(EmporiaRefusedCredentials):
        await make_user_pool(cloud.base_url).sign_in(" Home@Example.COM\n", "password")

    question = json.loads(cloud.bodies[0])
    assert question["AuthParameters"]["USERNAME"] == "home@example.com"
    assert "password" not in str(question)
