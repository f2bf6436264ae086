"""What a home costs."""

import asyncio
from typing import Annotated, TypeVar

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from application.billing.read_costs import CostsQuery, ReadCosts
from domain.billing.bills.costs import Span
from domain.billing.bills.rows import RowsBy, Split
from domain.errors import InvalidInput
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples import costs as examples
from entrypoints.http.answers.refusals import COSTS_INCOMPLETE, DEVICES_REFUSED
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.parameters import EndText, HomeText, StartText
from entrypoints.http.requests.queries import parse_home, parse_range
from entrypoints.http.schemas.costs import CostsAnswer

Choice = TypeVar("Choice", RowsBy, Split)

ByText = Annotated[
    str,
    QueryParameter(
        description="How wide a row is.",
        examples=[Example(value="bill")],
        schema_extra={"enum": [by.value for by in RowsBy]},
    ),
]
SplitText = Annotated[
    str,
    QueryParameter(
        description="What rows are told by.",
        examples=[Example(value="line")],
        schema_extra={"enum": [split.value for split in Split]},
    ),
]


@get(
    "/costs",
    operation_id="readCosts",
    summary="Read what a home costs",
    opt={WHEN_INCOMPLETE: COSTS_INCOMPLETE, WHEN_REFUSED: DEVICES_REFUSED},
    responses=examples.READ_COSTS,
)
async def read_costs(
    request: CallerRequest,
    read_costs: NamedDependency[ReadCosts],
    start: StartText,
    end: EndText,
    home: HomeText = None,
    by: ByText = RowsBy.BILL,
    split: SplitText = Split.NONE,
) -> CostsAnswer:
    """Read the rows that have some of [start, end), priced by the tariff that is for the home.

    A home without one is priced by what Emporia was told, once its user has chosen a currency.
    All of it is worked out from the archive; the rules are explained in docs/billing.md.
    """
    first, last = parse_range(start=start, end=end)
    span = Span(
        start=int(first.timestamp()),
        end=int(last.timestamp()),
        by=_one_of(RowsBy, by, name="by"),
        split=_one_of(Split, split, name="split"),
    )
    found, costs = await read_costs(
        CostsQuery(caller=request.user, home=parse_home(home), span=span)
    )
    # 50,000 parts of rows take a quarter of a second, which nobody else's stream has to spare.
    return await asyncio.to_thread(
        CostsAnswer.of, found, costs, by=span.by, split=span.split, now=costs.now
    )


def _one_of(kind: type[Choice], text: str, *, name: str) -> Choice:
    try:
        return kind(text)
    except ValueError:
        allowed = ", ".join(kind)
        raise InvalidInput(f"{name}: '{text[:40]}' is not known; allowed are {allowed}.") from None
