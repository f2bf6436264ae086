"""What really flows in a customer's homes: what a test holds a client's figures against."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.device_api.usages import iso
from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS
from adapters.emporia_simulator.homes.energy.devices import Device
from adapters.emporia_simulator.homes.energy.true_power import true_power
from adapters.emporia_simulator.refusals import device_refusal

_YEARS = range(1971, 2200)


@get("/simulator/homes/{email:str}")
async def true_homes(
    email: FromPath[str],
    cloud: NamedDependency[Cloud],
    at: FromQuery[datetime | None] = None,
    seconds: Annotated[int, QueryParameter(ge=1, le=DAY_SECONDS)] = 1,
) -> list[dict[str, Any]]:
    """The true power of each home of a customer: the mean of the `seconds` that end at `at`.

    Without `at` they end now, by the homes' clock.
    """
    customer = cloud.customers.get(email.strip().lower())
    if customer is None:
        raise device_refusal(404, f"no user {email}")
    end = int(cloud.clock.now()) if at is None else _seconds(at)
    return await cloud.workers.run(_all, customer.homes(), end - seconds, end)


def _all(homes: Sequence[Sequence[Device]], start: int, end: int) -> list[dict[str, Any]]:
    return [_home(devices, start, end) for devices in homes]


def _home(devices: Sequence[Device], start: int, end: int) -> dict[str, Any]:
    power = true_power(devices, start, end)
    address = devices[0].address
    return {
        "timeZone": devices[0].calendar.zone.key,
        "zipCode": address and address.zip_code,
        "deviceGids": [device.gid for root in devices for device in root.walk()],
        "start": iso(start),
        "end": iso(end),
        "homeWatts": power.home_watts,
        "gridWatts": power.grid_watts,
        "solarWatts": power.solar_watts,
        "batteryWatts": power.battery_watts,
    }


def _seconds(at: datetime) -> int:
    """Whole UTC seconds; an instant without a zone is taken as UTC."""
    if at.year not in _YEARS:
        raise device_refusal(400, f"at is out of range: {_YEARS[0]} to {_YEARS[-1]}")
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


ROUTES = (true_homes,)
