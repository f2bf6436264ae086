"""Which request is being answered, for whoever writes a line about it.

A request costs one assignment; ids are looked up when a line is written, or an answer begins. A
socket, which stays, costs nothing: its task is named by its id, in place of the name that it had.
"""

import asyncio
import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from os import urandom
from typing import Any

Scope = MutableMapping[str, Any]

HEADER = "X-Request-ID"
RAW_HEADER = HEADER.lower().encode()
STATE_KEY = "request_id"
SOCKET = "socket "
"""How the name of a socket's task begins; what follows is the id."""
GOOD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What is taken over from a proxy: it goes into headers and logs."""

NO_REQUEST: list[Scope] = []
_current: ContextVar[list[Scope]] = ContextVar("request", default=NO_REQUEST)


def begin_request(scope: Scope) -> list[Scope]:
    """This is what the task that calls, and those that it starts, are about from now on.

    Until what is returned is cleared: connections and tasks that go on remember their context, and
    would say and hold what is over.
    """
    request = [scope]
    _current.set(request)
    return request


def begin_socket(scope: Scope) -> None:
    """The task that calls is about this socket from now on, and known by its handshake's id."""
    task = asyncio.current_task()
    if task is not None:
        # Not kept in the scope as well, whose state would grow by it for as long as the socket is.
        task.set_name(SOCKET + (scope.get("state", {}).get(STATE_KEY) or _next_id()))


def take_over(scope: Scope, given: str) -> None:
    """Know the request by the id that a trusted proxy gave it, if that is fit for one."""
    if GOOD_ID.fullmatch(given):
        scope.setdefault("state", {})[STATE_KEY] = given


def request_id_of(scope: Scope) -> str:
    """The id of this request, made when first asked for."""
    state = scope.setdefault("state", {})
    known: str | None = state.get(STATE_KEY)
    if known is None:
        known = state[STATE_KEY] = _next_id()
    return known


def _next_id() -> str:
    """Drawn, not counted: who gets two would know how much others asked between them."""
    return urandom(8).hex()


def current_request() -> dict[str, str]:
    """The ids of the current request, its user and their login; of a socket its handshake's.

    Empty where there is neither.
    """
    request = _current.get()
    if not request:
        return _current_socket()
    scope = request[0]
    ids = {"request_id": request_id_of(scope)}
    caller = scope.get("user")
    if caller is not None:
        ids |= {"user_id": str(caller.user.id), "session_id": str(caller.claims.login_id)}
    return ids


def _current_socket() -> dict[str, str]:
    try:
        task = asyncio.current_task()
    except RuntimeError:  # no event loop runs in this thread
        return {}
    name = "" if task is None else task.get_name()
    return {"request_id": name.removeprefix(SOCKET)} if name.startswith(SOCKET) else {}
