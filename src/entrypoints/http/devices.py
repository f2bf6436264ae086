"""The devices of the linked Emporia account."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency

from application.emporia.list_known_devices import ListKnownDevices
from domain.accounts.keys import KeyScope
from entrypoints.http.answers.errors import WHEN_REFUSED
from entrypoints.http.answers.examples import emporia as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.limited import limited_devices
from entrypoints.http.answers.refusals import DEVICES_REFUSED
from entrypoints.http.requests.auth import KEY_SCOPE, CallerRequest, require_caller
from entrypoints.http.requests.parameters import StaleText
from entrypoints.http.requests.queries import parse_yes_or_no


@get(
    "/devices",
    operation_id="listDevices",
    summary="List my devices",
    opt={KEY_SCOPE: KeyScope.READ, WHEN_REFUSED: DEVICES_REFUSED},
    responses=examples.LIST_DEVICES,
)
async def read_devices(
    request: CallerRequest,
    list_known_devices: NamedDependency[ListKnownDevices],
    stale: StaleText = None,
) -> Response[dict[str, Any]]:
    """List the devices of the linked Emporia account, in Emporia's own words.

    Emporia is asked at most once a minute. While it can't be asked, `stale=true` answers with the
    list that was kept last, and its age in the header `Age`.
    """
    accept_old = parse_yes_or_no(stale, name="stale")
    known = await list_known_devices(request.user, accept_old=accept_old)
    age = {} if known.age_seconds is None else {"Age": str(int(known.age_seconds))}
    limits = request.user.limits
    if limits is not None:
        return Response(limited_devices(known.customer.within(limits)), headers=age)
    return Response(dict(known.customer.document), headers=age)


DEVICES = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[read_devices],
    middleware=[require_caller],
    security=[{"bearer": []}],
    tags=["Devices"],
)
