"""What becomes of a home's past on its way to the cloud: seconds, and outages of devices."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.device_api.usages import iso
from adapters.emporia_simulator.homes.customers import Customer
from adapters.emporia_simulator.homes.energy.devices import Device
from adapters.emporia_simulator.homes.energy.uplinks import Filling, Outage, SecondsMode, Uplinks
from adapters.emporia_simulator.refusals import device_refusal

_LONGEST_SECONDS = 366 * 86_400
_YEARS = range(1971, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondsChange:
    """What becomes of a device's seconds; without a gid, of all the account's."""

    mode: SecondsMode
    gid: int | None = None


class NewOutage(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """A device that is offline for a while, past or to come; without a gid it is all of them.

    What is None follows from the length, as with Emporia.
    """

    start: datetime
    end: datetime
    gid: int | None = None
    filling: Filling | None = None
    filled_after_seconds: int | None = None


@put("/simulator/homes/{email:str}/seconds")
async def set_seconds(
    email: FromPath[str], data: JSONBody[SecondsChange], cloud: NamedDependency[Cloud]
) -> dict[str, Any]:
    """Change what becomes of seconds, of those that were published before too."""
    customer = _customer(cloud, email)
    devices = _devices(customer, data.gid)
    uplinks = cloud.uplinks[customer.email]
    uplinks.set_mode(data.mode, None if data.gid is None else devices[0].gid)
    return {str(device.gid): uplinks.mode(device) for device in customer.walk()}


@get("/simulator/homes/{email:str}/outages")
async def outages(email: FromPath[str], cloud: NamedDependency[Cloud]) -> list[dict[str, Any]]:
    """The outages of a customer's devices."""
    return _told(cloud.uplinks[_customer(cloud, email).email])


@post("/simulator/homes/{email:str}/outages")
async def add_outage(
    email: FromPath[str], data: JSONBody[NewOutage], cloud: NamedDependency[Cloud]
) -> list[dict[str, Any]]:
    """Have a device be offline for a while."""
    customer = _customer(cloud, email)
    start, end = _seconds("from", data.start), _seconds("to", data.end)
    if not 0 < end - start <= _LONGEST_SECONDS:
        raise device_refusal(400, "to must be after from, by a year at most")
    if not 0 <= (data.filled_after_seconds or 0) <= _LONGEST_SECONDS:
        raise device_refusal(400, "filled_after_seconds must be between 0 and a year")
    uplinks = cloud.uplinks[customer.email]
    try:
        uplinks.add(
            Outage.of(
                device,
                start,
                end,
                filling=data.filling,
                filled_after_seconds=data.filled_after_seconds,
            )
            for device in _devices(customer, data.gid)
        )
    except ValueError as error:
        raise device_refusal(400, str(error)) from None
    return _told(uplinks)


@delete("/simulator/homes/{email:str}/outages")
async def clear_outages(email: FromPath[str], cloud: NamedDependency[Cloud]) -> None:
    """Let all have been online all the time."""
    cloud.uplinks[_customer(cloud, email).email].clear_outages()


def _customer(cloud: Cloud, email: str) -> Customer:
    customer = cloud.customers.get(email.strip().lower())
    if customer is None:
        raise device_refusal(404, f"no user {email}")
    return customer


def _devices(customer: Customer, gid: int | None) -> list[Device]:
    devices = [device for device in customer.walk() if gid in (None, device.gid)]
    if not devices and gid is not None:
        raise device_refusal(404, f"{customer.email} has no device {gid}")
    return devices


def _seconds(name: str, at: datetime) -> int:
    """Whole UTC seconds; an instant without a zone is taken as UTC."""
    if at.year not in _YEARS:
        raise device_refusal(400, f"{name} is out of range: {_YEARS[0]} to {_YEARS[-1]}")
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _told(uplinks: Uplinks) -> list[dict[str, Any]]:
    return [
        {
            "gid": outage.gid,
            "from": iso(outage.start),
            "to": iso(outage.end),
            "filling": outage.filling,
            "filled_at": None if outage.filling is Filling.LOST else iso(outage.filled_at),
        }
        for of_device in uplinks.outages_by_gid.values()
        for outage in of_device
    ]


ROUTES = (set_seconds, outages, add_outage, clear_outages)
