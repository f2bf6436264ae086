"""The linked account's budget of requests to Emporia."""

from litestar import Router, get
from litestar.di import NamedDependency

from application.emporia.read_budget import ReadBudget
from entrypoints.http.answers.examples import emporia as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.requests.auth import CallerRequest, require_caller
from entrypoints.http.schemas import contract as schemas


@get(
    "/me/budget",
    operation_id="readBudget",
    summary="Read my request budget",
    responses=examples.READ_BUDGET,
)
async def read_my_budget(
    request: CallerRequest, read_budget: NamedDependency[ReadBudget]
) -> schemas.BudgetAnswer:
    """Tell how many requests to Emporia the linked account has left.

    They are counted over the last 24 hours; a `dailyRequests` of 0 is no limit, and `left` null.
    """
    return schemas.BudgetAnswer.of(await read_budget(request.user))


BUDGET = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[read_my_budget],
    middleware=[require_caller],
    security=[{"bearer": []}],
    tags=["Emporia account"],
)
