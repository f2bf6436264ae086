"""How long each call takes until its answer begins, where somebody wants to know."""

from collections.abc import MutableMapping
from time import perf_counter
from typing import Any

from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from application.operations.call_times import CallTimes

BEGAN = "began"
"""The key in a request's state of when it began, in seconds of the performance counter."""

ELSEWHERE = "elsewhere"
"""The route of paths that lead nowhere."""


def begin_timing(scope: MutableMapping[str, Any]) -> None:
    """The clock runs from here."""
    scope.setdefault("state", {})[BEGAN] = perf_counter()


def note_time_in(call_times: CallTimes) -> BeforeMessageSendHookHandler:
    """Counts a call when its answer begins."""

    async def note_time(message: Message, scope: Scope) -> None:
        began = scope["state"].get(BEGAN)
        if began is not None and message["type"] == "http.response.start":
            route = scope.get("path_template") or ELSEWHERE
            seconds = perf_counter() - began
            call_times.add(str(scope.get("method")), route, message["status"], seconds)

    return note_time
