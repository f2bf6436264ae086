"""The devices of the linked Emporia account."""

from typing import Any

from litestar import Router, get
from litestar.di import NamedDependency

from application.emporia.list_devices import ListDevices
from entrypoints.http.answers.errors import WHEN_REFUSED
from entrypoints.http.answers.examples import emporia as examples
from entrypoints.http.answers.refusals import DEVICES_REFUSED
from entrypoints.http.requests.auth import CallerRequest, require_caller


@get(
    "/devices",
    operation_id="listDevices",
    summary="List my devices",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    responses=examples.LIST_DEVICES,
)
async def read_devices(
    request: CallerRequest, list_devices: NamedDependency[ListDevices]
) -> dict[str, Any]:
    """List the devices of the linked Emporia account, in Emporia's own words.

    Emporia is asked at most once a minute.
    """
    return dict(await list_devices(request.user))


DEVICES = Router(
    "/",
    route_handlers=[read_devices],
    middleware=[require_caller],
    security=[{"bearer": []}],
    tags=["Devices"],
)
