"""The device API's wire about customers and devices (Emporia's legacy, camelCase host)."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.controls.faults import FaultKind
from adapters.emporia_simulator.device_api.channel_types import CHANNEL_TYPES
from adapters.emporia_simulator.device_api.device_documents import (
    customer_document,
    devices_document,
    location_document,
)
from adapters.emporia_simulator.device_api.status_documents import Document, status_document
from adapters.emporia_simulator.homes.customers import Customer
from adapters.emporia_simulator.homes.energy.devices import Device
from adapters.emporia_simulator.refusals import Refusal, device_refusal

CloudRequest = Request[Any, Any, Any]


def token_of(request: CloudRequest) -> str | None:
    """The id token of a request, which travels bare in a header of its own."""
    return request.headers.get("authtoken")


def own_device(customer: Customer, gid: str) -> Device:
    """The customer's device with that gid; anybody else's is refused as the cloud does it."""
    device = customer.device(gid)
    if device is None:
        message = f"{customer.email} is not authorized on the requested deviceGid {gid}"
        raise device_refusal(401, message)
    return device


@get("/customers")
async def customer(request: CloudRequest, cloud: NamedDependency[Cloud]) -> Document:
    """The token's customer; an `email` parameter is let pass, as it decides nothing."""
    known, _ = await cloud.admit_to_device_api(token_of(request), method="/customers")
    return customer_document(known)


@get("/customers/devices")
async def devices(request: CloudRequest, cloud: NamedDependency[Cloud]) -> Document:
    """The customer and every device."""
    known, fault = await cloud.admit_to_device_api(token_of(request), method="/customers/devices")
    uplinks, now = cloud.uplinks[known.email], int(cloud.clock.now())
    document = devices_document(known, uplinks, now=now)
    if fault is not None and fault.kind is FaultKind.EMPTY_DEVICES:
        document["devices"] = []
    return document


@get("/customers/devices/status")
async def status(request: CloudRequest, cloud: NamedDependency[Cloud]) -> Document:
    """What every device is doing, flat."""
    method = "/customers/devices/status"
    known, _ = await cloud.admit_to_device_api(token_of(request), method=method)
    return status_document(known, cloud.uplinks[known.email], now=int(cloud.clock.now()))


@get("/devices/{gid:str}/locationProperties")
async def location(
    request: CloudRequest, gid: FromPath[str], cloud: NamedDependency[Cloud]
) -> Document:
    """Where a device is and what its energy costs."""
    method = "/devices/{gid}/locationProperties"
    known, _ = await cloud.admit_to_device_api(token_of(request), method=method)
    return location_document(own_device(known, gid))


@get("/devices/channels/channeltypes")
async def channel_types(
    request: CloudRequest, cloud: NamedDependency[Cloud]
) -> list[dict[str, Any]]:
    """The kinds of circuit there are."""
    method = "/devices/channels/channeltypes"
    await cloud.admit_to_device_api(token_of(request), method=method)
    return CHANNEL_TYPES


@get(
    ["/maintenance/maintenance.json", "/com.emporiaenergy.manual.ota/maintenance/maintenance.json"]
)
async def maintenance(cloud: NamedDependency[Cloud]) -> dict[str, str]:
    """The flag in Emporia's bucket: a file that is there only while the cloud is down."""
    if cloud.faults.maintenance:
        return {"msg": "down"}
    raise Refusal(
        403,
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
        content_type="application/xml",
    )


ROUTES = (customer, devices, status, location, channel_types, maintenance)
