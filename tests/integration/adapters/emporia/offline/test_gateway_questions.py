from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from adapters.emporia.exchange.client import open_client
from adapters.emporia.gateway import HttpxEmporiaGateway
from application.ports.emporia.emporia_gateway import ChartQuery
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import EnergyUnit, Scale

MakeGateway = Callable[[Callable[[httpx.Request], httpx.Response]], HttpxEmporiaGateway]

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUERY = ChartQuery(
    gid=1000,
    channel="1,2,3",
    start=START,
    end=datetime(2026, 3, 1, 13, 0, 0, 250_000, tzinfo=UTC),
    scale=Scale.SECOND,
    unit=EnergyUnit.AMP_HOURS,
)


class Cloud:
    """Answers every question alike and remembers it."""

    def __init__(self, answer: Any) -> None:
        self.questions: list[httpx.Request] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.questions.append(request)
        return httpx.Response(200, json=self._answer, headers={"Set-Cookie": "customer=1"})


async def test_the_device_list_is_one_request_with_the_id_token(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    cloud = Cloud({"customerGid": 1, "devices": []})

    await make_gateway(cloud).customer(tokens)

    (question,) = cloud.questions
    assert str(question.url) == "https://emporia.test/customers/devices"
    assert question.headers["authtoken"] == "head.body.signature"
    assert "authorization" not in question.headers


async def test_usages_ask_for_all_devices_in_one_raw_url(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    told = {"instant": "2026-03-01T12:00:00Z", "scale": "1MIN", "energyUnit": "KilowattHours"}
    cloud = Cloud({"deviceListUsages": told})

    await make_gateway(cloud).usages(
        tokens,
        gids=[1000, 1001],
        instant=START,
        scale=Scale.MINUTE,
        unit=EnergyUnit.KILOWATT_HOURS,
    )

    (question,) = cloud.questions
    assert question.url.raw_path == (
        b"/AppAPI?apiMethod=getDeviceListUsages&deviceGids=1000+1001"
        b"&instant=2026-03-01T12:00:00Z&scale=1MIN&energyUnit=KilowattHours"
    )


async def test_a_chart_asks_for_one_series_between_two_instants(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    cloud = Cloud({"usageList": []})

    await make_gateway(cloud).chart(tokens, QUERY)

    (question,) = cloud.questions
    assert question.url.raw_path == (
        b"/AppAPI?apiMethod=getChartUsage&deviceGid=1000&channel=1,2,3"
        b"&start=2026-03-01T12:00:00Z&end=2026-03-01T13:00:00.250000Z"
        b"&scale=1S&energyUnit=AmpHours"
    )


async def test_a_channel_name_can_not_smuggle_parameters_in(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    cloud = Cloud({"usageList": []})
    query = ChartQuery(
        gid=1,
        channel="1&scale=1Y#x y",
        start=START,
        end=START,
        scale=Scale.HOUR,
        unit=EnergyUnit.DOLLARS,
    )

    await make_gateway(cloud).chart(tokens, query)

    assert cloud.questions[0].url.params["channel"] == "1&scale=1Y#x y"
    assert cloud.questions[0].url.params["scale"] == "1H"


async def test_the_client_names_the_project_and_hands_no_cookie_on() -> None:
    cloud = Cloud({})
    client = open_client(
        connect_timeout_seconds=1, read_timeout_seconds=2, transport=httpx.MockTransport(cloud)
    )

    async with client:
        await client.get("https://emporia.test/")
        await client.get("https://emporia.test/")

    assert cloud.questions[1].headers["user-agent"] == "emporia-energy-api"
    assert "cookie" not in cloud.questions[1].headers


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_the_client_follows_no_redirect_with_the_token(status: int) -> None:
    client = open_client(
        connect_timeout_seconds=1,
        read_timeout_seconds=2,
        transport=httpx.MockTransport(
            lambda _: httpx.Response(status, headers={"Location": "https://elsewhere.test/"})
        ),
    )

    async with client:
        response = await client.get("https://emporia.test/")

    assert response.status_code == status
