"""A gateway and a user pool over httpx's own test transport."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapters.emporia.cognito import CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.fake.clock import ManualClock
from domain.emporia.links import EmporiaTokens

Handler = Callable[[httpx.Request], httpx.Response]


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
            connect_timeout_seconds=1,
            read_timeout_seconds=1,
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
