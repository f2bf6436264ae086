"""Describes answers for the OpenAPI document: what succeeds, and each sentence that may fail."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from domain.errors import (
    AccessTokenInvalid,
    BudgetSpent,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    LinkDead,
    TooManyCalls,
    UserNotFound,
)
from entrypoints.http.answers.errors import SENTENCES
from entrypoints.http.answers.schemas import ErrorBody
from entrypoints.http.requests.auth import HEADER_MISSING, TOKEN_MISSING
from entrypoints.http.requests.bodies import NOT_AN_OBJECT, NOT_JSON

Responses = dict[int, ResponseSpec]
Sentences = Mapping[int, Sequence[str]]

BUG: Sentences = {500: (SENTENCES[500],)}
BODY: Sentences = {413: (SENTENCES[413],), 415: (SENTENCES[415],)}
BODY_UNREADABLE = (NOT_JSON, NOT_AN_OBJECT)
NO_ACCESS = (HEADER_MISSING, TOKEN_MISSING, AccessTokenInvalid.sentence)
ACCESS: Sentences = {401: NO_ACCESS, 404: (UserNotFound.sentence,)}
LIMIT: Sentences = {429: (TooManyCalls.sentence,)}
CLOUD: Sentences = {
    502: (EmporiaUnreadable.sentence,),
    503: (EmporiaUnavailable.sentence, BudgetSpent.sentence),
    504: (EmporiaTimedOut.sentence,),
}
DEAD = LinkDead.sentence

_DESCRIPTIONS = {
    400: "The request says something that can't be done; the sentence names it.",
    401: "Nobody, or somebody else.",
    404: "There is no such thing, or the account is gone.",
    409: "It is there already.",
    413: "The body is too large.",
    415: "The body is of another media type than JSON.",
    429: "Too many calls; `Retry-After` tells the seconds to wait.",
    500: "A fault of the gateway's own.",
    502: "Emporia's cloud answered nonsense.",
    503: "It passes by itself; `Retry-After` tells the seconds to wait.",
    504: "Emporia's cloud did not answer.",
}


def success(status: int, kind: type[Any], description: str, *, example: object) -> Responses:
    """The answer when all goes well."""
    return {
        status: ResponseSpec(
            kind,
            description=description,
            generate_examples=False,
            examples=[Example(summary=description, value=example)],
        )
    }


def failures(*groups: Sentences) -> Responses:
    """The answers when it does not, all in the one envelope; a later group wins."""
    sentences: dict[int, Sequence[str]] = dict(BUG)
    for group in groups:
        sentences.update(group)
    return {
        status: ResponseSpec(
            ErrorBody,
            description=_DESCRIPTIONS[status],
            generate_examples=False,
            examples=[Example(summary=text, value={"error": text}) for text in sentences[status]],
        )
        for status in sorted(sentences)
    }
