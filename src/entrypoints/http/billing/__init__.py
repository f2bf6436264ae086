"""What energy costs."""

from litestar import Router

from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.billing import costs, currency, statement, tariffs, utility
from entrypoints.http.requests.auth import require_caller
from entrypoints.http.requests.bodies import JsonRequest
from entrypoints.http.requests.methods import tell_methods
from entrypoints.http.requests.queries import plain_array_names

BILLING = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[
        *tariffs.OF_CALLERS,
        *currency.OF_CALLERS,
        costs.read_costs,
        statement.read_statement,
        *utility.OF_CALLERS,
    ],
    request_class=JsonRequest,
    before_request=tell_methods,
    middleware=[require_caller, plain_array_names],
    security=[{"bearer": []}],
    tags=["Billing"],
)
