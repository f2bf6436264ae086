"""The devices of the linked Emporia account."""

from typing import Any

from litestar import Router, get
from litestar.di import NamedDependency

from application.accounts.access import Caller
from application.emporia.list_devices import ListDevices
from entrypoints.http.answers import schemas
from entrypoints.http.answers.described import ACCESS, CLOUD, DEAD, failures, success
from entrypoints.http.answers.errors import WHEN_REFUSED
from entrypoints.http.requests.auth import CALLER, require_caller

DEVICES_REFUSED = "Failed to fetch devices"


@get(
    "/devices",
    operation_id="listDevices",
    summary="List my devices",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    responses={
        **success(
            200,
            schemas.Customer,
            "Emporia's customer object.",
            example={
                "customerGid": 1234,
                "email": "ada@example.com",
                "firstName": "Ada",
                "lastName": "Lovelace",
                "createdAt": "2020-05-01T17:03:22.000Z",
                "devices": [{"deviceGid": 1000, "model": "VUE001", "channels": []}],
            },
        ),
        **failures(ACCESS, CLOUD, {400: (DEVICES_REFUSED, DEAD)}),
    },
)
async def read_devices(
    caller: NamedDependency[Caller], list_devices: NamedDependency[ListDevices]
) -> dict[str, Any]:
    """List the devices of the linked Emporia account, in Emporia's own words.

    Emporia is asked at most once a minute.
    """
    return dict(await list_devices(caller))


DEVICES = Router(
    "/",
    route_handlers=[read_devices],
    guards=[require_caller],
    dependencies=CALLER,
    security=[{"bearer": []}],
    tags=["Devices"],
)
