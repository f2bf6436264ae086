"""Real SRP sign-in and refresh, against a pool that verifies the proof."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from domain.errors import (
    EmporiaError,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
)

MakeUserPool = Callable[..., CognitoEmporiaUserPool]
MakeGateway = Callable[..., HttpxEmporiaGateway]

USERNAME, PASSWORD = "home@example.com", "emporia-password"


class Simulator(Protocol):
    base_url: str

    async def fail(self, **fault: Any) -> None: ...
    async def revoke_refresh_tokens(self, email: str) -> None: ...
    async def expire_tokens(self, email: str) -> None: ...


async def test_the_right_password_brings_tokens_that_the_device_api_takes(
    simulator: Simulator, make_user_pool: MakeUserPool, make_gateway: MakeGateway
) -> None:
    began_at = datetime.now(UTC)

    signed_in = await make_user_pool(simulator.base_url).sign_in(f" {USERNAME.upper()} ", PASSWORD)
    customer = await make_gateway(simulator.base_url).customer(signed_in.tokens)

    assert signed_in.subject
    assert signed_in.tokens.expires_at - signed_in.tokens.issued_at == timedelta(hours=1)
    assert signed_in.tokens.issued_at >= began_at
    assert customer.account == 101


@pytest.mark.parametrize(
    ("username", "password", "error"),
    [
        (USERNAME, "wrong", EmporiaRefusedCredentials),
        (USERNAME, PASSWORD.upper(), EmporiaRefusedCredentials),
        ("nobody@example.com", PASSWORD, EmporiaRefusedCredentials),
        ("\x00 ' OR 1=1", PASSWORD, EmporiaRefusedCredentials),
        ("reset@example.com", "reset-password", EmporiaPasswordResetRequired),
        ("unconfirmed@example.com", "unconfirmed-password", EmporiaUserNotConfirmed),
    ],
)
async def test_each_refused_sign_in_tells_why(
    simulator: Simulator,
    make_user_pool: MakeUserPool,
    username: str,
    password: str,
    error: type[EmporiaError],
) -> None:
    with pytest.raises(error) as raised:
        await make_user_pool(simulator.base_url).sign_in(username, password)

    assert raised.type is error


async def test_the_lock_out_after_many_wrong_passwords_is_no_refusal(
    simulator: Simulator, make_user_pool: MakeUserPool
) -> None:
    pool = make_user_pool(simulator.base_url)
    for _ in range(5):
        with pytest.raises(EmporiaRefusedCredentials):
            await pool.sign_in(USERNAME, "wrong")

    with pytest.raises(EmporiaUnavailable) as raised:
        await pool.sign_in(USERNAME, PASSWORD)

    assert raised.value.retry_after_seconds == 900


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("rate_limited", EmporiaUnavailable),
        ("server_error", EmporiaUnavailable),
        ("connection_reset", EmporiaUnavailable),
        ("truncated_json", EmporiaUnreadable),
        ("unauthorized", EmporiaRefusedCredentials),
    ],
)
async def test_a_fault_of_the_pool_is_told_apart_from_a_wrong_password(
    simulator: Simulator, make_user_pool: MakeUserPool, kind: str, error: type[EmporiaError]
) -> None:
    await simulator.fail(kind=kind, route="user-pool")

    with pytest.raises(error) as raised:
        await make_user_pool(simulator.base_url).sign_in(USERNAME, PASSWORD)

    assert raised.type is error


async def test_a_pool_that_takes_too_long_times_out(
    simulator: Simulator, make_user_pool: MakeUserPool
) -> None:
    await simulator.fail(kind="latency", route="user-pool", seconds=0.4)
    pool = make_user_pool(simulator.base_url, total_timeout_seconds=0.1)

    with pytest.raises(EmporiaTimedOut):
        await pool.sign_in(USERNAME, PASSWORD)


async def test_an_unknown_client_id_is_not_taken_for_a_wrong_password(
    simulator: Simulator, make_user_pool: MakeUserPool
) -> None:
    with pytest.raises(EmporiaUnavailable):
        await make_user_pool(simulator.base_url, client_id="unknown").sign_in(USERNAME, PASSWORD)


async def test_a_refresh_brings_a_good_id_token_for_the_same_refresh_token(
    simulator: Simulator, make_user_pool: MakeUserPool, make_gateway: MakeGateway
) -> None:
    pool, gateway = make_user_pool(simulator.base_url), make_gateway(simulator.base_url)
    signed_in = await pool.sign_in(USERNAME, PASSWORD)
    await simulator.expire_tokens(USERNAME)
    with pytest.raises(EmporiaTokenRefused):
        await gateway.customer(signed_in.tokens)

    refreshed = await pool.refresh(signed_in.tokens)

    assert refreshed.refresh_token == signed_in.tokens.refresh_token
    assert (await gateway.customer(refreshed)).account == 101


async def test_a_revoked_refresh_token_is_refused(
    simulator: Simulator, make_user_pool: MakeUserPool
) -> None:
    pool = make_user_pool(simulator.base_url)
    signed_in = await pool.sign_in(USERNAME, PASSWORD)
    await simulator.revoke_refresh_tokens(USERNAME)

    with pytest.raises(EmporiaTokenRefused):
        await pool.refresh(signed_in.tokens)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("rate_limited", EmporiaUnavailable),
        ("server_error", EmporiaUnavailable),
        ("connection_reset", EmporiaUnavailable),
        ("truncated_json", EmporiaUnreadable),
    ],
)
async def test_a_fault_of_the_pool_does_not_kill_a_link(
    simulator: Simulator, make_user_pool: MakeUserPool, kind: str, error: type[EmporiaError]
) -> None:
    pool = make_user_pool(simulator.base_url)
    signed_in = await pool.sign_in(USERNAME, PASSWORD)
    await simulator.fail(kind=kind, route="user-pool", times=1)

    with pytest.raises(error) as raised:
        await pool.refresh(signed_in.tokens)

    assert raised.type is error
    assert await pool.refresh(signed_in.tokens)


async def test_neither_person_nor_password_nor_token_reaches_the_log(
    simulator: Simulator, make_user_pool: MakeUserPool, caplog: pytest.LogCaptureFixture
) -> None:
    pool = make_user_pool(simulator.base_url)

    with caplog.at_level(logging.DEBUG):
        signed_in = await pool.sign_in(USERNAME, PASSWORD)
        refreshed = await pool.refresh(signed_in.tokens)

    assert USERNAME not in caplog.text
    assert PASSWORD not in caplog.text
    assert signed_in.tokens.id_token not in caplog.text
    assert signed_in.tokens.refresh_token not in caplog.text
    assert refreshed.id_token not in caplog.text
