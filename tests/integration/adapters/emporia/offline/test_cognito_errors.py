import logging

import pytest

from adapters.emporia.cognito.errors import CognitoFailure, refresh_error, sign_in_error
from domain.errors import (
    EmporiaError,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
)


def failure(
    code: str, message: str = "", *, status: int = 400, retry_after_seconds: float | None = None
) -> CognitoFailure:
    return CognitoFailure(
        code=code, message=message, status=status, retry_after_seconds=retry_after_seconds
    )


NOT_AUTHORIZED = "NotAuthorizedException"
INVALID = "InvalidParameterException"


@pytest.mark.parametrize(
    ("code", "message", "at_sign_in", "at_refresh"),
    [
        (
            NOT_AUTHORIZED,
            "Incorrect username or password.",
            EmporiaRefusedCredentials,
            EmporiaTokenRefused,
        ),
        (NOT_AUTHORIZED, "User is disabled.", EmporiaRefusedCredentials, EmporiaTokenRefused),
        (
            NOT_AUTHORIZED,
            "Refresh Token has been revoked",
            EmporiaRefusedCredentials,
            EmporiaTokenRefused,
        ),
        ("UserNotFoundException", "", EmporiaRefusedCredentials, EmporiaTokenRefused),
        (INVALID, "1 validation error", EmporiaRefusedCredentials, EmporiaTokenRefused),
        ("UserLambdaValidationException", "", EmporiaRefusedCredentials, EmporiaTokenRefused),
        ("PasswordResetRequiredException", "", EmporiaPasswordResetRequired, EmporiaTokenRefused),
        ("UserNotConfirmedException", "", EmporiaUserNotConfirmed, EmporiaTokenRefused),
        (NOT_AUTHORIZED, "Password attempts exceeded", EmporiaUnavailable, EmporiaUnavailable),
        ("TooManyRequestsException", "Rate exceeded", EmporiaUnavailable, EmporiaUnavailable),
        ("LimitExceededException", "", EmporiaUnavailable, EmporiaUnavailable),
        ("ForbiddenException", "", EmporiaUnavailable, EmporiaUnavailable),
        ("InternalErrorException", "", EmporiaUnavailable, EmporiaUnavailable),
        ("ResourceNotFoundException", "", EmporiaUnavailable, EmporiaUnavailable),
        (
            INVALID,
            "USER_SRP_AUTH is not enabled for the client.",
            EmporiaUnavailable,
            EmporiaUnavailable,
        ),
        (
            NOT_AUTHORIZED,
            "Client x is configured with secret but SECRET_HASH was not received",
            EmporiaUnavailable,
            EmporiaUnavailable,
        ),
        ("SomethingNewException", "", EmporiaUnreadable, EmporiaUnreadable),
        ("", "", EmporiaUnreadable, EmporiaUnreadable),
    ],
)
def test_a_refusal_is_never_taken_for_an_outage_nor_the_reverse(
    code: str, message: str, at_sign_in: type[EmporiaError], at_refresh: type[EmporiaError]
) -> None:
    assert type(sign_in_error(failure(code, message))) is at_sign_in
    assert type(refresh_error(failure(code, message))) is at_refresh


@pytest.mark.parametrize("status", [401, 403, 302])
@pytest.mark.parametrize("code", [NOT_AUTHORIZED, "UserNotFoundException", INVALID])
def test_a_refusal_with_another_status_is_not_cognitos_own(code: str, status: int) -> None:
    told = failure(code, "Refresh Token has been revoked", status=status)

    assert type(sign_in_error(told)) is EmporiaUnreadable
    assert type(refresh_error(told)) is EmporiaUnreadable


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_without_a_known_type_the_status_tells_an_outage(status: int) -> None:
    assert type(sign_in_error(failure("Strange", status=status))) is EmporiaUnavailable


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (failure(NOT_AUTHORIZED, "Password attempts exceeded"), 900),
        (failure("TooManyRequestsException"), 60),
        (failure("LimitExceededException", retry_after_seconds=5), 5),
        (failure("TooManyRequestsException", retry_after_seconds=0), 0),
        (failure("InternalErrorException", status=500), None),
    ],
)
def test_throttling_tells_when_to_try_again(told: CognitoFailure, seconds: float | None) -> None:
    error = sign_in_error(told)

    assert isinstance(error, EmporiaUnavailable)
    assert error.retry_after_seconds == seconds


def test_a_wrong_setting_is_logged_without_cognitos_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        sign_in_error(failure("ResourceNotFoundException", "me@example.com"))

    assert "check the user pool id" in caplog.text
    assert "me@example.com" not in caplog.text
