"""What the routes of what was measured answer."""

from domain.errors import InvalidInput, LinkDead
from entrypoints.failures.codes import NOT_FOUND
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused, success
from entrypoints.http.answers.refusals import (
    HISTORY_REFUSED,
    ONE_SERIES_MISSING,
    QUERY_INCOMPLETE,
    RANGE_UNREADABLE,
    RECORDING_UNREADABLE,
    SERIES_MISSING,
)
from entrypoints.http.schemas import archive as archive_schemas
from entrypoints.http.schemas import contract as schemas

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

READ_HISTORIES = {
    **success(
        200,
        archive_schemas.ManyHistories,
        "The buckets of each series.",
        example={
            "firstUsageInstant": "2026-03-01T00:00:00Z",
            "scale": "1H",
            "energyUnit": "KilowattHours",
            "series": [
                {
                    "deviceGid": 1001,
                    "channel": "1,2,3",
                    "usageList": [0.512, 0.498, None],
                    "quality": [["live", 2], ["missing", 1]],
                    "coverage": 0.6667,
                }
            ],
        },
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        SERIES_MISSING,
        OF_ERRORS[InvalidInput].saying(RANGE_UNREADABLE),
        *refused(HISTORY_REFUSED),
        LinkDead,
    ),
}

READ_ARCHIVE = {
    **success(
        200,
        archive_schemas.ArchiveContents,
        "What is held of each series and scale.",
        example={
            "series": [
                {
                    "deviceGid": 1001,
                    "channel": "1,2,3",
                    "scale": "1MIN",
                    "from": "2026-02-22T00:00:00Z",
                    "to": "2026-03-01T12:00:00Z",
                    "coverage": 0.998,
                    "bytes": 9230,
                }
            ]
        },
    ),
    **failures(*ACCESS, *CLOUD, *refused(HISTORY_REFUSED), LinkDead),
}

READ_COVERAGE = {
    **success(
        200,
        archive_schemas.DailyCoverage,
        "The share of each day that is known.",
        example={"days": [["2026-02-28", 1.0], ["2026-03-01", 0.98]]},
    ),
    **failures(*ACCESS, *CLOUD, ONE_SERIES_MISSING, *refused(HISTORY_REFUSED), LinkDead),
}

RECORDER = {
    **success(
        200,
        archive_schemas.Recorder,
        "What the recorder does, and what it has before it.",
        example={
            "minutes": True,
            "seconds": "mains",
            "state": "filling",
            "waitsFor": None,
            "doing": {
                "deviceGid": 1001,
                "channel": "7",
                "scale": "15MIN",
                "start": "2026-02-12T00:00:00Z",
                "end": "2026-02-19T00:00:00Z",
            },
            "requestsPerDay": 60,
            "plannedRequests": 1340,
            "fillRequests": 1332,
            "fillCompleteAt": "2026-03-02T15:42:00Z",
            "lastRequestAt": "2026-03-01T11:59:50Z",
        },
    ),
    **failures(*ACCESS, RECORDING_UNREADABLE, *refused(HISTORY_REFUSED), LinkDead),
}
