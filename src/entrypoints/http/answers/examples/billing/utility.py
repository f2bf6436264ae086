"""What the routes of the utility's readings answer."""

from typing import Any

from domain.archive.exchange.errors import TooManyImports
from domain.billing.errors import NoUtilityReadings
from domain.errors import InvalidInput, LinkDead, StorageUnavailable
from entrypoints.failures.codes import BODY_CODED, BODY_TOO_LARGE, MEDIA_TYPE_NOT_XML, TOO_LATE
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import (
    ACCESS,
    CHANGING,
    CLOUD,
    Told,
    failures,
    refused,
    success,
)
from entrypoints.http.answers.refusals import DEVICES_REFUSED, RANGE_UNREADABLE
from entrypoints.http.schemas import utility as schemas

FILE = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content><IntervalBlock '
    'xmlns="http://naesb.org/espi"><IntervalReading><timePeriod><duration>3600</duration>'
    "<start>1772323200</start></timePeriod><value>803</value></IntervalReading></IntervalBlock>"
    "</content></entry></feed>"
)
NO_HOME = OF_ERRORS[InvalidInput].saying(
    "home: name a home by its panel's gid, one of 1001 (Main Panel)."
)
_OF_HOMES: tuple[Told, ...] = (*ACCESS, *CLOUD, NO_HOME, *refused(DEVICES_REFUSED), LinkDead)

KEEP_READINGS = {
    **success(
        201,
        schemas.KeptFileAnswer,
        "The hours are kept.",
        example={
            "deviceGid": 1001,
            "hours": 744,
            "quarters": 0,
            "start": "2026-03-01T05:00:00Z",
            "end": "2026-04-01T04:00:00Z",
            "leftOut": [],
        },
    ),
    **failures(
        *_OF_HOMES,
        *CHANGING,
        TOO_LATE,
        BODY_TOO_LARGE,
        MEDIA_TYPE_NOT_XML,
        BODY_CODED,
        OF_ERRORS[InvalidInput].saying(
            "file: there is no IntervalBlock in it; is it a Green Button file?"
        ),
        TooManyImports,
        StorageUnavailable,
    ),
}
READ_READINGS = {
    **success(
        200,
        schemas.UtilityAnswer,
        "Both, and how they differ.",
        example={
            "deviceGid": 1001,
            "zone": "America/New_York",
            "since": "2026-03-01T00:00:00Z",
            "changedAt": "2026-04-02T18:00:00Z",
            "compared": 1,
            "utilityKwh": 0.803,
            "kwh": 0.803,
            "differenceKwh": 0.0,
            "findings": [
                {
                    "reason": "too_little",
                    "number": None,
                    "sentence": "Both know 1 hours; at least 24 are needed.",
                }
            ],
            "bills": {"currency": "USD", "amount": "0.11", "utilityAmount": "0.11"},
            "days": [
                {
                    "day": "2026-02-28",
                    "hours": 1,
                    "compared": 1,
                    "utilityKwh": 0.803,
                    "kwh": 0.803,
                    "differenceKwh": 0.0,
                }
            ],
            "hours": [
                {
                    "start": "2026-03-01T00:00:00Z",
                    "utilityKwh": 0.803,
                    "kwh": 0.803,
                    "differenceKwh": 0.0,
                }
            ],
        },
    ),
    **failures(
        *_OF_HOMES,
        OF_ERRORS[InvalidInput].saying(RANGE_UNREADABLE),
        OF_ERRORS[InvalidInput].saying("end: ask for 400 days at most."),
        NoUtilityReadings,
    ),
}
REMOVE_READINGS = failures(*_OF_HOMES, *CHANGING, NoUtilityReadings)


def with_utility_file(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, told of the file's form, which no handler takes as a value."""
    if "/utility" in document["paths"]:
        document["paths"]["/utility"]["post"]["requestBody"] = {
            "description": "A Green Button file of the utility's (ESPI).",
            "required": True,
            "content": {
                "application/xml": {
                    "schema": {"type": "string"},
                    "examples": {"utility-example-1": {"summary": "An hour.", "value": FILE}},
                }
            },
        }
    return document
