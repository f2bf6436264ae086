"""What some circuits owe for a month."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from application.billing.read_statement import MOST_CIRCUITS, ReadStatement, StatementQuery
from domain.archive.series import SeriesName
from domain.billing.bills.statement_days import StatementDays
from domain.errors import InvalidInput
from entrypoints.failures.accept import prefers
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples.billing import statement as examples
from entrypoints.http.answers.refusals import DEVICES_REFUSED, STATEMENT_INCOMPLETE
from entrypoints.http.billing.statement_table import table_of
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.parameters import HomeText, SeriesTexts
from entrypoints.http.requests.queries import parse_home
from entrypoints.http.schemas.statement import StatementAnswer

JSON, CSV = "json", "csv"
CSV_MEDIA_TYPE = "text/csv"

MonthText = Annotated[
    str | None,
    QueryParameter(
        name="month",
        description="A calendar month of the home's, in place of start and end.",
        examples=[Example(value="2026-03")],
        schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}$"},
    ),
]
FirstDayText = Annotated[
    str | None,
    QueryParameter(
        name="start",
        description="The first local day.",
        examples=[Example(value="2026-03-15")],
        schema_extra={"format": "date"},
    ),
]
EndDayText = Annotated[
    str | None,
    QueryParameter(
        name="end",
        description="The local day after the last one.",
        examples=[Example(value="2026-04-15")],
        schema_extra={"format": "date"},
    ),
]
FormText = Annotated[
    str | None,
    QueryParameter(
        name="format",
        description="What the answer is; left out: what Accept says, else json.",
        examples=[Example(value="csv")],
        schema_extra={"enum": [JSON, CSV]},
    ),
]


@get(
    "/costs/statement",
    operation_id="readStatement",
    summary="Read what some circuits owe",
    opt={WHEN_INCOMPLETE: STATEMENT_INCOMPLETE, WHEN_REFUSED: DEVICES_REFUSED},
    responses=examples.READ_STATEMENT,
)
async def read_statement(
    request: CallerRequest,
    read_statement: NamedDependency[ReadStatement],
    series: SeriesTexts,
    home: HomeText = None,
    month: MonthText = None,
    start: FirstDayText = None,
    end: EndDayText = None,
    form: FormText = None,
) -> StatementAnswer | Response[bytes]:
    """Tell what circuits took in a month, or in some days, and their share of each line of price.

    All of it is worked out from the archive and adds up to the coin; who has which share is
    explained in docs/billing.md. Up to 366 days that have begun.
    """
    is_table = _is_table(form, ", ".join(request.headers.getall("Accept", [])))
    query = StatementQuery(
        caller=request.user,
        home=parse_home(home),
        days=StatementDays.read(month=month, start=start, end=end),
        names=[SeriesName.parse(text) for text in series[: MOST_CIRCUITS + 1]],
    )
    told = StatementAnswer.of(await read_statement(query))
    if not is_table:
        return told
    name = f"statement-{told.period.first}-to-{told.period.last}.csv"
    return Response(
        table_of(told),
        media_type=f"{CSV_MEDIA_TYPE}; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Accept"},
    )


def _is_table(form: str | None, accept: str) -> bool:
    if form is None:
        return prefers(accept, CSV_MEDIA_TYPE)
    if form not in (JSON, CSV):
        raise InvalidInput(f"format: '{form[:40]}' is not known; allowed are {JSON}, {CSV}.")
    return form == CSV
