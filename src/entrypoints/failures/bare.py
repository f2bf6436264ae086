"""Answers made without the framework, for what must not cost it anything."""

from collections.abc import Iterator
from typing import Any, cast

from litestar.types import Scope

from entrypoints.failures.accept import accept_in
from entrypoints.failures.answer import answer_of
from entrypoints.failures.failure import Failure
from entrypoints.protections import RAW_HEADERS
from entrypoints.request_context import RAW_HEADER, request_id_of


def bare_answer(failure: Failure, scope: Scope, *, kind: str = "http.response") -> Iterator[Any]:
    """The ASGI messages that tell a failure; `kind` is how their types begin."""
    told = answer_of(failure, accept_in(scope["headers"]))
    headers = [(name.lower().encode(), value.encode()) for name, value in told.headers.items()]
    length = (b"content-length", str(len(told.body)).encode())
    start: dict[str, Any] = {"status": told.status, "headers": [*headers, length, *RAW_HEADERS]}
    if kind == "http.response":
        start["headers"].append((RAW_HEADER, request_id_of(cast(dict[str, Any], scope)).encode()))
    yield {"type": f"{kind}.start", **start}
    yield {"type": f"{kind}.body", "body": told.body}
