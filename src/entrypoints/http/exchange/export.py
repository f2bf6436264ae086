"""All that was measured, as one file."""

from datetime import datetime
from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from litestar.response.base import ASGIResponse

from application.archive.exchange.plan_export import ExportQuery
from domain.accounts.keys import KeyScope
from domain.archive.exchange.exports import ExportFormat
from domain.archive.series import SeriesName
from domain.emporia.usage import Scale
from domain.errors import InvalidInput
from domain.instants import parse_instant
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples import exchange as examples
from entrypoints.http.answers.refusals import DEVICES_REFUSED, QUERY_INCOMPLETE, RANGE_UNREADABLE
from entrypoints.http.exchange.export_stream import ExportAnswers
from entrypoints.http.page.accept_encoding import preferred_encoding
from entrypoints.http.requests.auth import KEY_SCOPE, CallerRequest, require_caller
from entrypoints.http.requests.heads import is_head
from entrypoints.http.requests.parameters import ScaleText
from entrypoints.http.requests.queries import plain_array_names

FormatText = Annotated[
    str | None,
    QueryParameter(
        name="format",
        description="What the file is; left out: csv.",
        examples=[Example(value="parquet")],
        schema_extra={"enum": list(ExportFormat)},
    ),
]
SeriesTexts = Annotated[
    tuple[str, ...],
    QueryParameter(
        description=(
            "Which series: the device's gid, a colon and the channel, repeated for more. "
            "Left out: all that the caller may see."
        ),
        examples=[Example(value=["1001:1,2,3", "1001:1"])],
        schema_extra={"items": {"type": "string", "pattern": "^[0-9]{1,19}:.{1,40}$"}},
    ),
]
FirstText = Annotated[
    str | None,
    QueryParameter(
        description="The first instant, floored to its bucket, ISO 8601; left out: the oldest.",
        examples=[Example(value="2026-03-01T00:00:00Z")],
        schema_extra={"format": "date-time"},
    ),
]
LastText = Annotated[
    str | None,
    QueryParameter(
        description="Where the range ends, exclusive, ISO 8601; left out: now.",
        examples=[Example(value="2026-03-02T00:00:00Z")],
        schema_extra={"format": "date-time"},
    ),
]


@get(
    "/export",
    operation_id="exportHistory",
    summary="Export what was measured",
    opt={
        KEY_SCOPE: KeyScope.EXPORT,
        WHEN_INCOMPLETE: QUERY_INCOMPLETE,
        WHEN_REFUSED: DEVICES_REFUSED,
    },
    responses=examples.EXPORT,
)
async def export_history(
    request: CallerRequest,
    export_answers: NamedDependency[ExportAnswers],
    scale: ScaleText,
    export_format: FormatText = None,
    series: SeriesTexts = (),
    start: FirstText = None,
    end: LastText = None,
) -> ASGIResponse:
    """Write all that the archive holds of these series as one file, while it is read.

    Rows are in order of series, then of time. Emporia is asked for nothing but the device list. A
    file that can't be finished ends with its connection, in the middle of a chunk.
    """
    query = ExportQuery(
        names=[SeriesName.parse(text) for text in series],
        start=_instant(start, name="start"),
        end=_instant(end, name="end"),
        scale=Scale.parse(scale),
    )
    accepted = ", ".join(request.headers.getall("Accept-Encoding", []))
    return await export_answers.answer(
        request.user,
        query,
        ExportFormat.CSV if export_format is None else ExportFormat.parse(export_format),
        takes_gzip=preferred_encoding(accepted, ["gzip"]) == "gzip",
        is_head=is_head(request.scope),
    )


def _instant(text: str | None, *, name: str) -> datetime | None:
    """Raises InvalidInput with the sentence that histories have."""
    try:
        return None if text is None else parse_instant(text, name=name)
    except InvalidInput:
        raise InvalidInput(RANGE_UNREADABLE) from None


EXPORT = Router(
    "/",
    route_handlers=[export_history],
    middleware=[require_caller, plain_array_names],
    security=[{"bearer": []}],
    tags=["Archive"],
)
