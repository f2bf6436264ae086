"""What the routes of files answer."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from domain.archive.exchange.errors import FormatUnavailable, TooManyExports
from domain.errors import InvalidInput, LinkDead, UnknownDevice, UnknownSeries
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused
from entrypoints.http.answers.refusals import DEVICES_REFUSED, QUERY_INCOMPLETE, RANGE_UNREADABLE

ROWS = (
    "device_gid,device,channel,circuit,start_utc,start_local,scale,kwh,quality\r\n"
    '1001,Panel,"1,2,3",,2026-03-01T00:00:00Z,2026-02-28T19:00:00-05:00,1H,0.512,live\r\n'
    '1001,Panel,"1,2,3",,2026-03-01T01:00:00Z,2026-02-28T20:00:00-05:00,1H,,missing\r\n'
)

EXPORT = {
    200: ResponseSpec(
        str,
        media_type="text/csv",
        description="The rows. With `format=parquet` a Parquet file, in bytes.",
        generate_examples=False,
        examples=[Example(summary="Two hours of the mains, one of them unknown.", value=ROWS)],
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        QUERY_INCOMPLETE,
        OF_ERRORS[InvalidInput].saying(RANGE_UNREADABLE),
        OF_ERRORS[InvalidInput].saying("start: must be before end."),
        OF_ERRORS[UnknownDevice].saying(
            "series: device 1009 not found in the linked Emporia account."
        ),
        OF_ERRORS[UnknownSeries].saying(
            "series: device 1001 has no series '40'; name one circuit, such as 1001:1, or the "
            "mains as 1001:1,2,3."
        ),
        FormatUnavailable,
        TooManyExports,
        *refused(DEVICES_REFUSED),
        LinkDead,
    ),
}


def with_parquet(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, told of the export's other form: a response is declared with one."""
    if "/export" in document["paths"]:
        answer = document["paths"]["/export"]["get"]["responses"]["200"]
        answer["content"]["application/vnd.apache.parquet"] = {
            "schema": {"type": "string", "format": "binary"},
            "examples": {
                "export-example-2": {
                    "summary": "A file that begins and ends so.",
                    "value": "PAR1 ... PAR1",
                }
            },
        }
    return document
