"""The device API over real sockets: answers, refusals and failures."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from application.ports.emporia.emporia_gateway import ChartQuery
from domain.emporia.devices import Location
from domain.emporia.links import EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    EmporiaError,
    EmporiaRefusedRequest,
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

MakeUserPool = Callable[..., CognitoEmporiaUserPool]
MakeGateway = Callable[..., HttpxEmporiaGateway]

NOW = datetime.now(UTC).replace(microsecond=0)


class Simulator(Protocol):
    base_url: str

    async def fail(self, **fault: Any) -> None: ...


@pytest.fixture
async def tokens(simulator: Simulator, make_user_pool: MakeUserPool) -> EmporiaTokens:
    pool = make_user_pool(simulator.base_url)
    return (await pool.sign_in("home@example.com", "emporia-password")).tokens


@pytest.fixture
def gateway(simulator: Simulator, make_gateway: MakeGateway) -> HttpxEmporiaGateway:
    return make_gateway(simulator.base_url)


async def usages(gateway: HttpxEmporiaGateway, tokens: EmporiaTokens, *gids: int) -> UsageSample:
    return await gateway.usages(
        tokens,
        gids=gids or [1001, 1002, 1003, 1004],
        instant=NOW - timedelta(minutes=2),
        scale=Scale.MINUTE,
        unit=EnergyUnit.KILOWATT_HOURS,
    )


def last_hour(*, channel: str = "1,2,3", hours: int = 1) -> ChartQuery:
    return ChartQuery(
        gid=1001,
        channel=channel,
        start=NOW - timedelta(hours=hours),
        end=NOW,
        scale=Scale.MINUTE,
        unit=EnergyUnit.KILOWATT_HOURS,
    )


async def test_the_customer_comes_with_the_whole_tree_and_no_breaker_pin(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    customer = await gateway.customer(tokens)

    assert customer.account == 101
    assert customer.gids == {1001, 1002, 1003, 1004}
    assert customer.location_of(1001) == Location(
        ZoneInfo("America/New_York"), 5, cents_per_kwh=17.5
    )
    assert customer.document["email"] == "home@example.com"
    assert "evCharger" in str(customer.document)
    assert "breakerPIN" not in str(customer.document)


async def test_usages_come_with_nested_devices_and_with_nulls(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    sample = await usages(gateway, tokens)

    named = sample.document.only(frozenset({1002, 1004})).content["devices"]
    assert sample.document.content["scale"] == "1MIN"
    assert sample.document.content["energyUnit"] == "KilowattHours"
    assert {device["deviceGid"] for device in named} == {1002, 1004}
    assert (
        next(device for device in named if device["deviceGid"] == 1004)["channelUsages"][0]["usage"]
        is None
    )


async def test_a_chart_comes_with_its_first_instant_and_a_value_a_bucket(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    chart = await gateway.chart(tokens, last_hour())

    assert chart.first_usage_instant is not None
    assert chart.first_usage_instant.second == 0
    assert len(chart.usages) in {60, 61}


async def test_a_foreign_device_refuses_the_request_and_not_the_token(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    with pytest.raises(EmporiaRefusedRequest):
        await usages(gateway, tokens, 1001, 9999)


async def test_an_unknown_channel_or_too_wide_a_window_refuses_the_request(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    with pytest.raises(EmporiaRefusedRequest):
        await gateway.chart(tokens, last_hour(channel="7,8"))
    with pytest.raises(EmporiaRefusedRequest):
        await gateway.chart(tokens, last_hour(hours=13))


async def test_a_forged_token_is_refused(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    forged = EmporiaTokens(
        id_token="forged.by.somebody",
        refresh_token="",
        issued_at=tokens.issued_at,
        expires_at=tokens.expires_at,
    )

    with pytest.raises(EmporiaTokenRefused):
        await gateway.customer(forged)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "unauthorized"}, EmporiaTokenRefused),
        ({"kind": "bad_request"}, EmporiaRefusedRequest),
        ({"kind": "rate_limited"}, EmporiaThrottled),
        ({"kind": "server_error", "status": 499}, EmporiaThrottled),
        ({"kind": "server_error", "status": 500}, EmporiaUnavailable),
        ({"kind": "server_error", "status": 502}, EmporiaUnavailable),
        ({"kind": "maintenance"}, EmporiaUnavailable),
        ({"kind": "connection_reset"}, EmporiaUnavailable),
        ({"kind": "truncated_json"}, EmporiaUnreadable),
    ],
)
async def test_each_fault_of_the_cloud_is_told_apart_and_passes(
    simulator: Simulator,
    gateway: HttpxEmporiaGateway,
    tokens: EmporiaTokens,
    fault: dict[str, Any],
    error: type[EmporiaError],
) -> None:
    await simulator.fail(**fault, times=1)

    with pytest.raises(error) as raised:
        await usages(gateway, tokens)

    assert raised.type is error
    assert (await usages(gateway, tokens)).document.content["devices"]


async def test_a_400_to_the_device_list_is_the_clouds_own_fault(
    simulator: Simulator, gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    await simulator.fail(kind="bad_request")

    with pytest.raises(EmporiaUnavailable):
        await gateway.customer(tokens)


async def test_throttling_tells_when_to_ask_again(
    simulator: Simulator, gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    await simulator.fail(kind="rate_limited", seconds=17)

    with pytest.raises(EmporiaUnavailable) as raised:
        await gateway.chart(tokens, last_hour())

    assert raised.value.retry_after_seconds == 17


async def test_empty_devices_and_blank_usages_are_answers(
    simulator: Simulator, gateway: HttpxEmporiaGateway, tokens: EmporiaTokens
) -> None:
    await simulator.fail(kind="empty_devices", times=1)
    assert (await usages(gateway, tokens)).document.content["devices"] == []

    await simulator.fail(kind="null_usage", times=1)
    assert set((await gateway.chart(tokens, last_hour())).usages) == {None}


async def test_a_cloud_that_takes_too_long_times_out(
    simulator: Simulator, make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    await simulator.fail(kind="latency", seconds=0.3)
    hasty = make_gateway(simulator.base_url, total_timeout_seconds=0.05)

    with pytest.raises(EmporiaTimedOut):
        await hasty.customer(tokens)


async def test_a_cloud_that_is_not_there_is_unavailable(
    make_gateway: MakeGateway, tokens: EmporiaTokens
) -> None:
    with pytest.raises(EmporiaUnavailable):
        await make_gateway("http://127.0.0.1:9").customer(tokens)


async def test_neither_token_nor_person_reaches_the_log(
    gateway: HttpxEmporiaGateway, tokens: EmporiaTokens, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await gateway.customer(tokens)
        with pytest.raises(EmporiaRefusedRequest):
            await usages(gateway, tokens, 9999)

    assert tokens.id_token not in caplog.text
    assert "home@example.com" not in caplog.text
