"""What an answer of the device API is: a document, or a refusal in domain words.

What the cloud writes into its refusals goes no further: it echoes e-mail and IP address.
"""

import re
from datetime import datetime
from typing import Any

import httpx

from adapters.emporia.documents import read_document
from adapters.emporia.exchange.exchange import Answer
from adapters.emporia.exchange.retry_after import retry_after_seconds
from domain.errors import (
    EmporiaError,
    EmporiaRefusedRequest,
    EmporiaThrottled,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

_DEVICE = re.compile(rb"deviceGid\D{0,3}(\d{1,19})")
"""PyEmVue's simulator answers `<email> is not authorized on the requested deviceGid <gid>`."""


def read_answer(answer: Answer, *, now: datetime) -> dict[str, Any]:
    """The document in an answer; raises an EmporiaError where it holds none."""
    if answer.status != httpx.codes.OK:
        raise _refusal(answer, now=now)
    document = read_document(answer.body)
    if document.get("msg") == "down":
        raise _unavailable(answer, now=now)
    return document


def _refusal(answer: Answer, *, now: datetime) -> EmporiaError:
    """What a status other than 200 means; a 401 may also be about a foreign device."""
    match answer.status:
        case 401 if b"deviceGid" in answer.body:
            named = _DEVICE.search(answer.body)
            return EmporiaRefusedRequest(gid=int(named[1]) if named else None)
        case 401:
            return EmporiaTokenRefused()
        case 400:
            return EmporiaRefusedRequest()
        case 429 | 499:
            return _unavailable(answer, now=now, kind=EmporiaThrottled)
        case status if status >= 500:
            return _unavailable(answer, now=now)
        case _:
            return EmporiaUnreadable()


def _unavailable(
    answer: Answer, *, now: datetime, kind: type[EmporiaUnavailable] = EmporiaUnavailable
) -> EmporiaUnavailable:
    header = answer.headers.get("Retry-After")
    return kind(retry_after_seconds=retry_after_seconds(header, now=now))
