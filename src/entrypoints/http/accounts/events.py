"""What happened to one's account."""

import re
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from application.accounts.trail.list_events import ListEvents
from domain.accounts.trail import MOST_SHOWN, USUALLY_SHOWN
from domain.errors import InvalidInput
from domain.instants import parse_instant
from entrypoints.http.answers.examples import events as examples
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.schemas import events as schemas

_NUMBER = re.compile(r"[0-9]{1,4}")

BeforeText = Annotated[
    str | None,
    QueryParameter(
        description="Only what happened before this: the `at` of the last event of a page.",
        examples=[Example(value="2026-03-01T12:00:00Z")],
        schema_extra={"format": "date-time"},
    ),
]
LimitText = Annotated[
    str | None,
    QueryParameter(
        description=f"How many events at most, up to {MOST_SHOWN}; left out: {USUALLY_SHOWN}.",
        examples=[Example(value=str(USUALLY_SHOWN))],
        schema_extra={"pattern": "^[0-9]{1,3}$"},
    ),
]


@get(
    "/me/events",
    operation_id="listEvents",
    summary="List what happened to my account",
    responses=examples.LIST_EVENTS,
)
async def list_events(
    request: CallerRequest,
    list_events: NamedDependency[ListEvents],
    before: BeforeText = None,
    limit: LimitText = None,
) -> schemas.EventList:
    """Tell who came in, who failed to, and what was changed; the newest comes first.

    No two events have the same `at`: that of the last one, given as `before`, leads to the next
    page.
    """
    lines = await list_events(
        request.user,
        before=None if before is None else parse_instant(before, name="before"),
        most=_limit(limit),
    )
    return schemas.EventList.of(lines)


def _limit(text: str | None) -> int:
    if text is None:
        return USUALLY_SHOWN
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= MOST_SHOWN:
        raise InvalidInput(f"limit: '{text[:40]}' is not a whole number from 1 to {MOST_SHOWN}.")
    return int(text)


OF_CALLERS = [list_events]
