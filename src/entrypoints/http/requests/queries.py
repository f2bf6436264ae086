"""Reads what stands in a query: arrays in every form that clients send, and instants."""

import re
from collections.abc import Sequence
from datetime import datetime

from litestar.types import ASGIApp, Receive, Scope, Send

from domain.emporia.devices import LARGEST_GID
from domain.errors import InvalidInput
from domain.instants import parse_instant
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.refusals import QUERY_INCOMPLETE, RANGE_UNREADABLE

_BRACKETS = re.compile(rb"(^|&)([^&=\[%]+)(?:\[|%5B)\d*(?:\]|%5D)(?==|&|$)", re.IGNORECASE)
_GID = re.compile(r"[1-9][0-9]{0,18}")
_CHANNEL = re.compile(r"[A-Za-z0-9_]+")


def plain_array_names(app: ASGIApp) -> ASGIApp:
    """Read `devices[]=1` and `devices[0]=1` as `devices=1`."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"]
        if b"[" in query or b"%5" in query:  # hardly ever, and the search takes its time
            scope["query_string"] = _BRACKETS.sub(rb"\1\2", query)
        await app(scope, receive, send)

    return handle


def is_gid(text: str) -> bool:
    """Whether the text is a device's gid: a positive 64-bit integer in plain digits."""
    return _GID.fullmatch(text) is not None and int(text) <= LARGEST_GID


def parse_gids(values: Sequence[str]) -> frozenset[int] | None:
    """The gids named, None where none is; raises InvalidInput naming what is no gid."""
    tokens = _tokens(values)
    for token in tokens:
        if not is_gid(token):
            raise InvalidInput(f"devices: '{token[:40]}' is not a gid, a positive whole number.")
    return frozenset(int(token) for token in tokens) or None


def parse_home(text: str | None) -> int | None:
    """The gid that names a home, None where none is named; raises InvalidInput."""
    if text is None:
        return None
    if not is_gid(text):
        raise InvalidInput(f"home: '{text[:40]}' is not a gid, a positive whole number.")
    return int(text)


def parse_channel(values: Sequence[str]) -> str:
    """The series that the channels name together, in Emporia's spelling.

    Raises InvalidInput naming what is no channel, and Refusal where none is named.
    """
    tokens = _tokens(values)
    if not tokens:
        raise Refusal(QUERY_INCOMPLETE)
    for token in tokens:
        if not _CHANNEL.fullmatch(token):
            raise InvalidInput(
                f"channels: '{token[:40]}' is not a channel; 1 is one, and 1,2,3 is the mains."
            )
    return ",".join(tokens)


def parse_yes_or_no(text: str | None, *, name: str) -> bool:
    """Whether it says yes; left out it says no. Raises InvalidInput."""
    if text not in (None, "true", "false"):
        raise InvalidInput(f"{name}: '{text[:40]}' is not known; allowed are true, false.")
    return text == "true"


def parse_range(*, start: str, end: str) -> tuple[datetime, datetime]:
    """Both ends of a range in UTC; raises InvalidInput with one sentence for either."""
    try:
        return parse_instant(start, name="start"), parse_instant(end, name="end")
    except InvalidInput:
        raise InvalidInput(RANGE_UNREADABLE) from None


def _tokens(values: Sequence[str]) -> list[str]:
    parts = (part.strip() for value in values for part in value.split(","))
    return [part for part in parts if part]
