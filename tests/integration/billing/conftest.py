"""A home whose June of 2025 the archive holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from domain.archive.series import SeriesName
from domain.emporia.channels import Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from tests.integration.archive.planted import plant
from tests.integration.billing.test_tariffs import FLAT

FIRST = datetime(2025, 6, 1, 4, tzinfo=UTC)
DAYS = 30
WITH_DEMAND = {
    **FLAT,
    "rates": [
        {
            **FLAT["rates"][0],
            "demand": [{"periods": [{"name": "Demand", "tiers": [{"price": "5"}]}]}],
            "fixed": [{"name": "Customer charge", "amount": "9"}],
        }
    ],
}


@dataclass(frozen=True)
class Home:
    """A gateway, and the headers of whoever lives there."""

    gateway: Any
    headers: dict[str, str]

    async def get(self, path: str, **query: str) -> httpx.Response:
        answer: httpx.Response = await self.gateway.client.get(
            path, headers=self.headers, params=query
        )
        return answer


@pytest.fixture
async def home(gateway):
    """A linked user with June of 2025 in the archive: 1 kW of the mains, 0.25 of a circuit."""
    channels = (Channel(number="1,2,3"), Channel(number="1", name="Oven"))
    gateway.emporia.devices = (
        Device(
            gid=1000,
            kind=DeviceKind.PANEL,
            name="Home",
            location=HOME_LOCATION,
            channels=channels,
        ),
    )
    headers = await gateway.linked()
    await gateway.client.post("/me/tariffs", headers=headers, json=WITH_DEMAND)
    for channel, kilowatts in (("1,2,3", 1.0), ("1", 0.25)):
        await plant(
            gateway.container,
            FIRST,
            [kilowatts / 4] * (DAYS * 96),
            account=HOME,
            name=SeriesName(1000, channel),
            scale=Scale.QUARTER_HOUR,
        )
    return Home(gateway, headers)
