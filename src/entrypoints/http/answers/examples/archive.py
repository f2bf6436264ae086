"""What the routes of what was measured answer."""

from domain.errors import InvalidInput, LinkDead
from entrypoints.failures.codes import NOT_FOUND, OF_ERRORS
from entrypoints.http.answers import schemas
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused, success
from entrypoints.http.answers.refusals import (
    HISTORY_REFUSED,
    QUERY_INCOMPLETE,
    RANGE_UNREADABLE,
)

READ_HISTORY = {
    **success(
        200,
        schemas.History,
        "The buckets of the series.",
        example={
            "firstUsageInstant": "2026-03-01T00:00:00Z",
            "usageList": [0.512, 0.498, None],
        },
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        NOT_FOUND,
        QUERY_INCOMPLETE,
        OF_ERRORS[InvalidInput].saying(RANGE_UNREADABLE),
        OF_ERRORS[InvalidInput].saying("start: must be before end."),
        *refused(HISTORY_REFUSED),
        LinkDead,
    ),
}
