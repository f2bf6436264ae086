"""Cognito's errors in domain words: a refusal is never taken for an outage, nor the reverse."""

import logging
import re
from dataclasses import dataclass

from domain.errors import (
    EmporiaClockDiffers,
    EmporiaError,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
)

logger = logging.getLogger(__name__)

THROTTLED_SECONDS = 60.0
CLOCK_TOLERANCE_SECONDS = 120.0
"""A proof carries its time, and Cognito refuses one that is minutes off as a wrong password."""

REFUSING_STATUS = 400
"""Cognito refuses with this status alone. A 401 is of something on the way to it, or of an outage,
even if it names a refusal: who took it for one would end every link that there is."""

LOCKED_OUT_SECONDS = 900.0
"""Cognito's lock-out doubles with every further attempt, up to about a quarter of an hour."""

_LOCKED_OUT = "attempts exceeded"
_OUR_MISTAKE = re.compile(
    r"enabled for th(e|is) client|at 'clientId'|configured (for|with) secret|secret hash",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CognitoFailure:
    """A failed call: Cognito's error type and message, the HTTP status, what to wait for.

    `clock_ahead_seconds` is how far our clock is ahead of Cognito's, 0 where it told no time.
    The message decides, and goes no further: it may repeat what the person typed.
    """

    code: str
    message: str
    status: int
    retry_after_seconds: float | None
    clock_ahead_seconds: float = 0.0


def sign_in_error(failure: CognitoFailure) -> EmporiaError:
    """What the failure means for somebody who signs in."""
    if failure.status != REFUSING_STATUS:
        return _cloud_error(failure)
    match failure.code:
        case "NotAuthorizedException" if _LOCKED_OUT in failure.message.lower():
            return _unavailable(failure, LOCKED_OUT_SECONDS)
        case "NotAuthorizedException" | "InvalidParameterException" if _OUR_MISTAKE.search(
            failure.message
        ):
            return _misconfigured(failure)
        case (
            "NotAuthorizedException"
            | "UserNotFoundException"
            | "InvalidParameterException"
            | "UserLambdaValidationException"
        ):
            return EmporiaRefusedCredentials()
        case "PasswordResetRequiredException":
            return EmporiaPasswordResetRequired()
        case "UserNotConfirmedException":
            return EmporiaUserNotConfirmed()
        case "ResourceNotFoundException":
            return _misconfigured(failure)
        case _:
            return _cloud_error(failure)


def proof_error(failure: CognitoFailure) -> EmporiaError:
    """What the failure means for a proof of a password, which is good for some minutes only."""
    error = sign_in_error(failure)
    ahead_seconds = failure.clock_ahead_seconds
    if not isinstance(error, EmporiaRefusedCredentials):
        return error
    if abs(ahead_seconds) <= CLOCK_TOLERANCE_SECONDS:
        return error
    logger.error(
        "this machine's clock is %d seconds %s Cognito's, which refuses every sign-in: set it.",
        abs(ahead_seconds),
        "ahead of" if ahead_seconds > 0 else "behind",
    )
    return EmporiaClockDiffers(ahead_seconds=ahead_seconds)


def refresh_error(failure: CognitoFailure) -> EmporiaError:
    """What the failure means for a refresh token: whatever is refused needs a new sign-in."""
    error = sign_in_error(failure)
    match error:
        case (
            EmporiaRefusedCredentials() | EmporiaPasswordResetRequired() | EmporiaUserNotConfirmed()
        ):
            return EmporiaTokenRefused()
        case _:
            return error


def _cloud_error(failure: CognitoFailure) -> EmporiaError:
    """What is nobody's refusal: throttling, the firewall in front of the pool, an outage."""
    throttled = {
        "TooManyRequestsException",
        "LimitExceededException",
        "TooManyFailedAttemptsException",
        "ThrottlingException",
    }
    if failure.code in throttled or failure.status == 429:
        return _unavailable(failure, THROTTLED_SECONDS)
    broken = {
        "ForbiddenException",
        "InternalErrorException",
        "InvalidLambdaResponseException",
        "UnexpectedLambdaException",
    }
    if failure.code in broken or failure.status >= 500:
        return _unavailable(failure, None)
    return EmporiaUnreadable()


def _misconfigured(failure: CognitoFailure) -> EmporiaUnavailable:
    logger.error(
        "Cognito answered %s: check the user pool id and the client id in the settings.",
        failure.code,
    )
    return _unavailable(failure, None)


def _unavailable(failure: CognitoFailure, otherwise_seconds: float | None) -> EmporiaUnavailable:
    told = failure.retry_after_seconds
    return EmporiaUnavailable(retry_after_seconds=otherwise_seconds if told is None else told)
