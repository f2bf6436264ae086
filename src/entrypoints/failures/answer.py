"""A failure as HTTP tells it: status, headers and body, in the form that its reader asked for."""

import math
from typing import NamedTuple

import msgspec

from entrypoints.failures.accept import ENVELOPE, PROBLEM, wants_problem
from entrypoints.failures.failure import Failure

TABLE_PATH = "/docs/errors"
"""Where the gateway shows the table of codes; a problem's type leads to its row."""

RETRY_AFTER_SECONDS = 30
"""When to come back if nobody knows better."""


class ErrorBody(msgspec.Struct):
    """Every failure of whatever kind: one sentence for a person."""

    error: str


class Problem(msgspec.Struct):
    """A failure in the words of RFC 9457: programs decide by `code`, people read `detail`."""

    type: str
    title: str
    status: int
    detail: str
    code: str

    @classmethod
    def of(cls, failure: Failure) -> "Problem":
        """Tell a failure; the type leads to where the codes are explained."""
        return cls(
            type=f"{TABLE_PATH}#{failure.code}",
            title=failure.title,
            status=failure.status,
            detail=failure.sentence,
            code=failure.code,
        )


class Answer(NamedTuple):
    """What goes over the wire; the headers include the content type."""

    status: int
    headers: dict[str, str]
    body: bytes


def answer_of(failure: Failure, accept: str, *, retry_after_seconds: float | None = None) -> Answer:
    """Tell a failure to whoever sent this Accept header, "" where none was sent."""
    is_problem = wants_problem(accept)
    headers = {"Content-Type": PROBLEM if is_problem else ENVELOPE, "Vary": "Accept"}
    headers |= failure.headers
    if failure.status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    if failure.status in {429, 503}:
        seconds = RETRY_AFTER_SECONDS if retry_after_seconds is None else retry_after_seconds
        headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    told = Problem.of(failure) if is_problem else ErrorBody(failure.sentence)
    return Answer(failure.status, headers, msgspec.json.encode(told))
