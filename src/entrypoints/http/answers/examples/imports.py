"""What the routes of imports answer."""

from typing import Any

from domain.archive.exchange.errors import ImportUnknown, TooManyImports
from domain.archive.exchange.imports.scales import DAYS_REFUSED
from domain.errors import InvalidInput, LinkDead, StorageUnavailable, UnknownDevice, UnknownSeries
from entrypoints.failures.codes import (
    BODY_CODED,
    BODY_TOO_LARGE,
    MEDIA_TYPE_NOT_CSV,
    REQUEST_UNREADABLE,
    TOO_LATE,
)
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import (
    ACCESS,
    CHANGING,
    CLOUD,
    failures,
    refused,
    success,
)
from entrypoints.http.answers.refusals import DEVICES_REFUSED
from entrypoints.http.schemas import imports as schemas

LINES = (
    "Time Bucket (America/New_York),Home-Mains_A (kWatts),Home-Mains_B (kWatts),"
    "Home-Kitchen-Fridge (kWatts)\r\n"
    "02/28/2026 19:00:00,0.512,0.391,0.134\r\n"
    "02/28/2026 19:01:00,0.508,0.39,No CT\r\n"
)
_ID = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
_BEGUN: dict[str, Any] = {
    "id": _ID,
    "state": "waiting",
    "bytes": 1843201,
    "bytesRead": 0,
    "lines": None,
    "linesRead": 0,
    "scale": None,
    "from": None,
    "to": None,
    "bucketsTaken": 0,
    "bucketsKnown": 0,
    "bucketsOverlapping": 0,
    "bucketsDiffering": 0,
    "columns": [],
    "unmatched": [],
    "error": None,
    "begunAt": "2026-03-01T12:00:00Z",
    "endedAt": None,
}
_DONE = {
    **_BEGUN,
    "state": "done",
    "bytesRead": 1843201,
    "lines": 10080,
    "linesRead": 10080,
    "scale": "1MIN",
    "from": "2026-02-20T00:00:00Z",
    "to": "2026-02-27T00:00:00Z",
    "bucketsTaken": 18720,
    "bucketsKnown": 1440,
    "bucketsOverlapping": 1440,
    "bucketsDiffering": 3,
    "columns": [
        {"column": "Home-Mains_A (kWatts)", "deviceGid": 1001, "channel": "1,2,3"},
        {"column": "Home-Mains_B (kWatts)", "deviceGid": 1001, "channel": "1,2,3"},
        {"column": "Home-Kitchen-Fridge (kWatts)", "deviceGid": 1001, "channel": "1"},
    ],
    "endedAt": "2026-03-01T12:00:07Z",
}

IMPORT = {
    **success(
        202,
        schemas.ImportAnswer,
        "The file is here, and is read when its turn comes.",
        example={"import": _BEGUN},
    ),
    **failures(
        *ACCESS,
        *CHANGING,
        *CLOUD,
        TOO_LATE,
        BODY_TOO_LARGE,
        MEDIA_TYPE_NOT_CSV,
        BODY_CODED,
        OF_ERRORS[InvalidInput].saying(f"scale: {DAYS_REFUSED}"),
        OF_ERRORS[UnknownDevice].saying("devices: 1009 not found in the linked Emporia account."),
        OF_ERRORS[UnknownSeries].saying(
            "column: device 1001 has no series '40'; name one circuit, such as 1001:1, or the "
            "mains as 1001:1,2,3."
        ),
        TooManyImports,
        StorageUnavailable,
        *refused(DEVICES_REFUSED),
        LinkDead,
    ),
}

READ_IMPORT = {
    **success(
        200, schemas.ImportAnswer, "How it goes, or how it ended.", example={"import": _DONE}
    ),
    **failures(*ACCESS, ImportUnknown),
}
READ_NAMED_IMPORT = {
    **READ_IMPORT,
    **failures(*ACCESS, REQUEST_UNREADABLE, ImportUnknown),
}


def with_csv(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, told of the body of an import, which no handler takes as a value."""
    if "/import" in document["paths"]:
        document["paths"]["/import"]["post"]["requestBody"] = {
            "description": "A file that Emporia exported, in UTF-8.",
            "required": True,
            "content": {
                "text/csv": {
                    "schema": {"type": "string"},
                    "examples": {"import-example-1": {"summary": "Two minutes.", "value": LINES}},
                }
            },
        }
    return document
