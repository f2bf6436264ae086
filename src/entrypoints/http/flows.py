"""What flowed in a home."""

import asyncio

from litestar import Router, get
from litestar.di import NamedDependency

from application.archive.flows.read_flows import FlowsQuery, ReadFlows
from domain.accounts.keys import KeyScope
from domain.emporia.usage import Scale
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples import flows as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import HISTORY_REFUSED, RANGE_MISSING
from entrypoints.http.requests.auth import KEY_SCOPE, CallerRequest, require_caller
from entrypoints.http.requests.parameters import EndText, HomeText, ScaleText, StartText
from entrypoints.http.requests.queries import parse_home, parse_range
from entrypoints.http.schemas import flows as schemas


@get(
    "/flows",
    operation_id="readFlows",
    summary="Read what flowed in a home",
    opt={
        KEY_SCOPE: KeyScope.READ,
        WHEN_INCOMPLETE: RANGE_MISSING,
        WHEN_REFUSED: HISTORY_REFUSED,
    },
    responses=examples.READ_FLOWS,
)
async def read_flows(
    request: CallerRequest,
    read_flows: NamedDependency[ReadFlows],
    start: StartText,
    end: EndText,
    scale: ScaleText,
    home: HomeText = None,
) -> schemas.HomeFlows:
    """Read import, export, generation, self-use, battery and consumption, in kWh, by bucket.

    Hours and wider are sums of what was drawn and of what was given, minute by minute, and not of
    the difference, as far as the archive knows minutes.
    """
    first, last = parse_range(start=start, end=end)
    query = FlowsQuery(
        caller=request.user,
        home=parse_home(home),
        start=first,
        end=last,
        scale=Scale.parse(scale),
    )
    answer = await read_flows(query)
    # The seconds of a day take a fifth of a second, which nobody else's stream has to spare.
    return await asyncio.to_thread(schemas.HomeFlows.of, answer)


FLOWS = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[read_flows],
    middleware=[require_caller],
    security=[{"bearer": []}],
    tags=["Archive"],
)
