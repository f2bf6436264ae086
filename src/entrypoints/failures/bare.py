"""Answers made without the framework, for what must not cost it anything."""

from collections.abc import Iterator
from typing import Any

from litestar.types import Scope

from entrypoints.failures.answer import answer_of
from entrypoints.failures.codes import Failure
from entrypoints.protections import RAW_HEADERS


def bare_answer(failure: Failure, scope: Scope, *, kind: str = "http.response") -> Iterator[Any]:
    """The ASGI messages that tell a failure; `kind` is how their types begin."""
    accept = b", ".join(value for name, value in scope["headers"] if name == b"accept")
    told = answer_of(failure, accept.decode("latin-1"))
    headers = [(name.lower().encode(), value.encode()) for name, value in told.headers.items()]
    length = (b"content-length", str(len(told.body)).encode())
    start = {"status": told.status, "headers": [*headers, length, *RAW_HEADERS]}
    yield {"type": f"{kind}.start", **start}
    yield {"type": f"{kind}.body", "body": told.body}
