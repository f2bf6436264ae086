"""The one place where failures become HTTP: a status, one sentence, and fitting headers."""

import logging
import math
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from domain.errors import (
    AccessTokenInvalid,
    BudgetSpent,
    DomainError,
    EmailTaken,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaRefusedRequest,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
    InvalidInput,
    LinkDead,
    NotLinked,
    Postponed,
    TooManyCalls,
    TooManyStreams,
    UserNotFound,
    WrongCredentials,
)
from entrypoints.http.answers.schemas import ErrorBody

logger = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]

STATUSES: Mapping[type[DomainError], int] = {
    InvalidInput: 400,
    NotLinked: 400,
    LinkDead: 400,
    EmporiaRefusedCredentials: 400,
    EmporiaPasswordResetRequired: 400,
    EmporiaUserNotConfirmed: 400,
    EmporiaRefusedRequest: 400,
    WrongCredentials: 401,
    AccessTokenInvalid: 401,
    UserNotFound: 404,
    EmailTaken: 409,
    TooManyCalls: 429,
    TooManyStreams: 429,
    EmporiaUnreadable: 502,
    EmporiaUnavailable: 503,
    EmporiaTokenRefused: 503,
    BudgetSpent: 503,
    EmporiaTimedOut: 504,
}

SENTENCES: Mapping[int, str] = {
    400: "The request can't be read.",
    404: "There is nothing at this path.",
    405: "This path does not take that method.",
    413: "The request body is larger than allowed.",
    415: "The request body must be JSON.",
    500: "Something went wrong on our side.",
}
"""What is said where the framework refuses a request by itself."""

WHEN_INCOMPLETE = "when_incomplete"
"""The key in a route's `opt` of its sentence for what is missing, empty or of a wrong type."""

WHEN_REFUSED = "when_refused"
"""The key in a route's `opt` of its sentence for what Emporia can't be asked."""

RETRY_AFTER_SECONDS = 30
"""When to come back if nobody knows better."""


class Refusal(HTTPException):
    """A request that HTTP itself forbids; unlike other HTTPExceptions' its detail is shown."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(detail=sentence, status_code=status)


def _answer(
    status: int,
    sentence: str,
    *,
    headers: Mapping[str, str] | None = None,
    retry_after_seconds: float | None = None,
) -> Response[ErrorBody]:
    all_headers = dict(headers or {})
    if status == 401:
        all_headers["WWW-Authenticate"] = "Bearer"
    if status in {429, 503}:
        seconds = RETRY_AFTER_SECONDS if retry_after_seconds is None else retry_after_seconds
        all_headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return Response(ErrorBody(sentence), status_code=status, headers=all_headers)


def _on_domain_error(request: AnyRequest, error: DomainError) -> Response[ErrorBody]:
    kind = next((kind for kind in type(error).mro() if kind in STATUSES), None)
    if kind is None:
        return _on_unexpected(request, error)
    sentence = str(error)
    if kind in {NotLinked, EmporiaRefusedRequest}:
        sentence = request.route_handler.opt.get(WHEN_REFUSED, sentence)
    pause = error.retry_after_seconds if isinstance(error, Postponed) else None
    return _answer(STATUSES[kind], sentence, retry_after_seconds=pause)


def _on_http_exception(request: AnyRequest, error: HTTPException) -> Response[ErrorBody]:
    if isinstance(error, Refusal):
        return _answer(error.status_code, error.detail)
    if isinstance(error, ValidationException):
        return _answer(400, request.route_handler.opt.get(WHEN_INCOMPLETE, SENTENCES[400]))
    if error.status_code >= 500:
        return _on_unexpected(request, error)
    return _answer(
        error.status_code,
        SENTENCES.get(error.status_code, SENTENCES[400]),
        headers=_without_websocket(error.headers or {}),
    )


def _without_websocket(headers: Mapping[str, str]) -> dict[str, str]:
    """The router counts `websocket` among the methods of a path that has a stream."""
    return {
        name: ", ".join(part for part in value.split(", ") if part != "websocket")
        if name.lower() == "allow"
        else value
        for name, value in headers.items()
    }


def _on_unexpected(request: AnyRequest, error: Exception) -> Response[ErrorBody]:
    # The template, not the path: what callers write must not write our log.
    logger.error("%s %s failed", request.method, request.scope.get("path_template"), exc_info=error)
    return _answer(500, SENTENCES[500])


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    HTTPException: _on_http_exception,
    DomainError: _on_domain_error,
    Exception: _on_unexpected,
}
