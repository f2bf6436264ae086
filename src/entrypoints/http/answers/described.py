"""Describes answers for the OpenAPI document: what succeeds, and each failure there may be."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Self

import msgspec
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from msgspec.structs import asdict

from domain.errors import (
    AccessTokenInvalid,
    BudgetSpent,
    DomainError,
    EmporiaRefusedRequest,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    NotLinked,
    PasswordPaused,
    PasswordsBusy,
    TooManyCalls,
    UserNotFound,
)
from entrypoints.failures.accept import ENVELOPE, PROBLEM
from entrypoints.failures.answer import ErrorBody, Problem
from entrypoints.failures.codes import (
    BODY_CODED,
    BODY_TOO_LARGE,
    CROSS_SITE,
    INTERNAL,
    MEDIA_TYPE_NOT_JSON,
    NOT_JSON,
    OF_STREAMS,
    TABLE,
    TOKEN_MISSING,
    failure_of,
)
from entrypoints.failures.failure import Failure
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.refusals import HEADER_MISSING, NOT_AN_OBJECT


class Described(ResponseSpec):
    """An answer as it is described, which nobody changes: whoever copies its route shares it.

    Litestar copies each route with all that hangs on it, and these were most of that.
    """

    def __deepcopy__(self, _: object) -> Self:
        return self


Responses = dict[int, ResponseSpec]
Told = Failure | type[DomainError]

BODY: tuple[Told, ...] = (
    NOT_JSON,
    NOT_AN_OBJECT,
    BODY_TOO_LARGE,
    MEDIA_TYPE_NOT_JSON,
    BODY_CODED,
)
ACCESS: tuple[Told, ...] = (HEADER_MISSING, TOKEN_MISSING, AccessTokenInvalid, UserNotFound)
CHANGING: tuple[Told, ...] = (CROSS_SITE,)
LIMIT: tuple[Told, ...] = (TooManyCalls,)
PASSWORD: tuple[Told, ...] = (PasswordPaused, PasswordsBusy)
CLOUD: tuple[Told, ...] = (EmporiaUnreadable, EmporiaUnavailable, BudgetSpent, EmporiaTimedOut)

_REFERENCE = "#/components/schemas/{name}"
_DESCRIPTIONS = {
    400: "The request says something that can't be done; the sentence names it.",
    401: "Nobody, or somebody else.",
    403: "It is not allowed here; the sentence says why.",
    404: "There is no such thing, or the account is gone.",
    408: "The body took too long to come.",
    409: "It is there already.",
    413: "The body is too large.",
    415: "The body is of a media type that is not taken here, or compressed.",
    429: "Too many calls or wrong passwords; `Retry-After` tells the seconds to wait.",
    500: "A fault of the gateway's own.",
    502: "Emporia's cloud answered nonsense.",
    503: "It passes by itself; `Retry-After` tells the seconds to wait.",
    504: "Emporia's cloud did not answer.",
}


def success(status: int, kind: type[Any], description: str, *, example: object) -> Responses:
    """The answer when all goes well."""
    return {
        status: Described(
            kind,
            description=description,
            generate_examples=False,
            examples=[Example(summary=description, value=example)],
        )
    }


def failures(*told: Told) -> Responses:
    """The answers when it does not, as problems; the document adds the plain form of each."""
    by_status: defaultdict[int, list[Example]] = defaultdict(list)
    for failure in map(_failure, (*told, INTERNAL)):
        problem = Problem.of(failure)
        by_status[failure.status].append(Example(summary=failure.sentence, value=asdict(problem)))
    return {
        status: Described(
            Problem,
            media_type=PROBLEM,
            description=_DESCRIPTIONS[status],
            generate_examples=False,
            examples=by_status[status],
        )
        for status in sorted(by_status)
    }


def refused(sentence: str) -> tuple[Told, ...]:
    """Nothing is linked, or Emporia does not answer the question, in a route's own words."""
    return tuple(OF_ERRORS[kind].saying(sentence) for kind in (NotLinked, EmporiaRefusedRequest))


def with_both_forms(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, told of each failure in its plain form too, and of all codes."""
    _, described = msgspec.json.schema_components([ErrorBody], ref_template=_REFERENCE)
    schemas = document["components"]["schemas"]
    schemas.update(described)
    schemas["Problem"]["properties"]["code"]["enum"] = [
        failure.code for failure in TABLE if failure not in OF_STREAMS
    ]
    operations = (operation for path in document["paths"].values() for operation in path.values())
    for response in (one for operation in operations for one in operation["responses"].values()):
        problem = response.get("content", {}).get(PROBLEM)
        if problem is not None:
            response["content"] = {ENVELOPE: _plain(problem), PROBLEM: problem}
    return document


def _plain(problem: Mapping[str, Any]) -> dict[str, Any]:
    examples = {
        f"ErrorBody-example-{number}": {
            "summary": example["summary"],
            "value": {"error": example["value"]["detail"]},
        }
        for number, example in enumerate(problem["examples"].values(), start=1)
    }
    return {"schema": {"$ref": _REFERENCE.format(name="ErrorBody")}, "examples": examples}


def _failure(told: Told) -> Failure:
    return told if isinstance(told, Failure) else failure_of(told)
