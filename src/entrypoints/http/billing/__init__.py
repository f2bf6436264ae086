"""What energy costs."""

from litestar import Router

from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.billing import costs, currency, tariffs
from entrypoints.http.requests.auth import require_caller
from entrypoints.http.requests.bodies import JsonRequest
from entrypoints.http.requests.methods import tell_methods

BILLING = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[*tariffs.OF_CALLERS, *currency.OF_CALLERS, costs.read_costs],
    request_class=JsonRequest,
    before_request=tell_methods,
    middleware=[require_caller],
    security=[{"bearer": []}],
    tags=["Billing"],
)
