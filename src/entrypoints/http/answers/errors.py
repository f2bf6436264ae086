"""The one place where failures of requests become answers."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litestar import Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap, Message, Scope

from domain.errors import DomainError, EmporiaRefusedRequest, NotLinked, Postponed
from entrypoints.failures.answer import answer_of
from entrypoints.failures.codes import BY_FRAMEWORK, INTERNAL, REQUEST_UNREADABLE, failure_of
from entrypoints.failures.failure import Failure

logger = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]

WHEN_INCOMPLETE = "when_incomplete"
"""The key in a route's `opt` of its Failure for what is missing, empty or of a wrong type."""

NAMES_PLACE = "names_place"
"""The key in a route's `opt` that is true where bodies have many parts, and failures say which."""

WHEN_REFUSED = "when_refused"
"""The key in a route's `opt` of its sentence where nothing is linked or Emporia will not answer."""


class Refusal(HTTPException):
    """A request that HTTP itself forbids."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(detail=failure.sentence, status_code=failure.status)
        self.failure = failure


def _answer(
    request: AnyRequest,
    failure: Failure,
    *,
    headers: Mapping[str, str] | None = None,
    retry_after_seconds: float | None = None,
) -> Response[bytes]:
    accept = ", ".join(request.headers.getall("Accept", []))
    told = answer_of(failure, accept, retry_after_seconds=retry_after_seconds)
    media_type = told.headers.pop("Content-Type")
    return Response(
        told.body,
        status_code=told.status,
        media_type=media_type,
        headers={**(headers or {}), **told.headers},
    )


def _on_domain_error(request: AnyRequest, error: DomainError) -> Response[bytes]:
    failure = failure_of(error)
    if failure is INTERNAL:
        return _on_unexpected(request, error)
    if isinstance(error, NotLinked | EmporiaRefusedRequest):
        failure = failure.saying(request.route_handler.opt.get(WHEN_REFUSED, failure.sentence))
    pause = error.retry_after_seconds if isinstance(error, Postponed) else None
    return _answer(request, failure, retry_after_seconds=pause)


def _on_http_exception(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    if isinstance(error, Refusal):
        return _answer(request, error.failure)
    if isinstance(error, ValidationException):
        opt = request.route_handler.opt
        failure = opt.get(WHEN_INCOMPLETE, REQUEST_UNREADABLE)
        place = _place_of(error) if opt.get(NAMES_PLACE) else None
        if place is not None:
            failure = failure.saying(f"{place}: this can't be read. {failure.sentence}")
        return _answer(request, failure)
    if error.status_code >= 500:
        return _on_unexpected(request, error)
    failure = BY_FRAMEWORK.get(error.status_code, REQUEST_UNREADABLE)
    return _answer(
        request,
        replace(failure, status=error.status_code),
        headers=_without_websocket(error.headers or {}),
    )


def _place_of(error: ValidationException) -> str | None:
    """Where in the body the first part is that can't be read, such as `rates[0].since`.

    None where that is the body itself. It is made of our own fields' names, and of places in lists.
    """
    first = next(iter(error.extra or ()), None)
    key = first.get("key") if isinstance(first, dict) else None
    return key if isinstance(key, str) and key != "data" else None


def _without_websocket(headers: Mapping[str, str]) -> dict[str, str]:
    """The router counts `websocket` among the methods of a path that has a stream."""
    return {
        name: ", ".join(part for part in value.split(", ") if part != "websocket")
        if name.lower() == "allow"
        else value
        for name, value in headers.items()
    }


def _on_unexpected(request: AnyRequest, error: Exception) -> Response[bytes]:
    # The template, not the path: what callers write must not write our log.
    told = {"method": request.method, "route": request.scope.get("path_template")}
    logger.error("%(method)s %(route)s failed", {"event": "call_failed", **told}, exc_info=error)
    return _answer(request, INTERNAL)


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    HTTPException: _on_http_exception,
    DomainError: _on_domain_error,
    Exception: _on_unexpected,
}


async def vary_failures(message: Message, _: Scope) -> None:
    """Say that a failure looks as `Accept` wants it, also where CORS has said that it varies."""
    if message["type"] == "http.response.start" and message["status"] >= 400:
        headers = MutableScopeHeaders(message)
        varies = headers.get("Vary", "")
        if "accept" not in {name.strip().lower() for name in varies.split(",")}:
            headers["Vary"] = f"{varies}, Accept" if varies else "Accept"
