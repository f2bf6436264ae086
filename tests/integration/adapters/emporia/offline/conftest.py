"""A gateway and a user pool over httpx's own test transport."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.fake.clock import ManualClock
from application.ports.emporia.emporia_gateway import ChartQuery
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import EnergyUnit, Scale

Handler = Callable[[httpx.Request], httpx.Response]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AN_HOUR = ChartQuery(
    gid=1,
    channel="1",
    start=NOW,
    end=NOW,
    scale=Scale.HOUR,
    unit=EnergyUnit.KILOWATT_HOURS,
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def tokens(clock: ManualClock) -> EmporiaTokens:
    return EmporiaTokens(
        id_token="head.body.signature",
        refresh_token="the-refresh-token",
        issued_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=1),
    )


@pytest.fixture
def make_gateway(clock: ManualClock) -> Callable[[Handler], HttpxEmporiaGateway]:
    def make(handler: Handler) -> HttpxEmporiaGateway:
        return HttpxEmporiaGateway(
            httpx.AsyncClient(transport=httpx.MockTransport(handler)),
            clock=clock,
            base_url="https://emporia.test/",
            total_timeout_seconds=5,
        )

    return make


@pytest.fixture
def make_user_pool(clock: ManualClock) -> Iterator[Callable[[Handler], CognitoEmporiaUserPool]]:
    made: list[CognitoEmporiaUserPool] = []

    def make(handler: Handler) -> CognitoEmporiaUserPool:
        pool = CognitoEmporiaUserPool(
            http_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)),
            clock=clock,
            endpoint="https://cognito.test",
            pool_id="us-east-2_pool",
            client_id="the-client",
            total_timeout_seconds=5,
        )
        made.append(pool)
        return pool

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def make_id_token() -> Callable[..., str]:
    def make(**claims: Any) -> str:
        told = {"sub": "the-subject", "iat": 1_000, "exp": 4_600, **claims}
        body = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
        return f"head.{body}.signature"

    return make
