"""What the route of events answers."""

from domain.accounts.trail import MOST_SHOWN
from domain.errors import InvalidInput
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, failures, success
from entrypoints.http.schemas import events as schemas

_EVENTS = [
    {
        "at": "2026-03-01T12:05:00.250000Z",
        "kind": "signed_in",
        "by": "session Firefox on Linux",
        "detail": {"address": "203.0.113.0/24"},
    },
    {
        "at": "2026-03-01T12:01:30.500000Z",
        "kind": "sign_in_failed",
        "by": "visitor curl/8.5.0",
        "detail": {"address": "198.51.100.0/24", "times": "17", "until": "2026-03-01T12:04:59Z"},
    },
]

LIST_EVENTS = {
    **success(200, schemas.EventList, "The events.", example={"events": _EVENTS}),
    **failures(
        *ACCESS,
        OF_ERRORS[InvalidInput].saying(f"limit: '0' is not a whole number from 1 to {MOST_SHOWN}."),
    ),
}
