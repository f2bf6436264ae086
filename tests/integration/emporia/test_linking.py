"""Linking and unlinking an Emporia account over HTTP."""

import pytest

from domain.errors import (
    EmporiaPasswordResetRequired,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
)

CREDENTIALS = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}


async def test_emporia_auth_answers_200_with_a_message(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.post("/emporia-auth", headers=headers, json=CREDENTIALS)

    assert answer.status_code == 200
    assert answer.json() == {"message": "Emporia authentication successful"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"emporiaUsername": "home@example.com"},
        {"emporiaPassword": "emporia-password"},
        {"emporiaUsername": "", "emporiaPassword": "emporia-password"},
        {"emporiaUsername": "home@example.com", "emporiaPassword": 1},
        {**CREDENTIALS, "keepPassword": "true"},
        {**CREDENTIALS, "keepPassword": 1},
        {**CREDENTIALS, "keepPassword": None},
    ],
)
async def test_emporia_auth_without_credentials_is_400(gateway, body):
    headers = await gateway.sign_up()

    answer = await gateway.client.post("/emporia-auth", headers=headers, json=body)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Missing required credentials"}


async def test_refused_credentials_are_400_and_leave_the_former_link_alone(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.post(
        "/emporia-auth", headers=headers, json={**CREDENTIALS, "emporiaPassword": "wrong"}
    )

    devices = await gateway.client.get("/devices", headers=headers)
    assert answer.status_code == 400
    assert answer.json() == {"error": "Emporia authentication failed"}
    assert devices.status_code == 200


@pytest.mark.parametrize(
    ("failure", "status", "sentence"),
    [
        (
            EmporiaPasswordResetRequired(),
            400,
            "Emporia requires a password reset for this account.",
        ),
        (EmporiaUserNotConfirmed(), 400, "This Emporia account is not confirmed yet."),
        (EmporiaUnreadable(), 502, "Emporia's cloud gave an answer that could not be read."),
        (EmporiaUnavailable(), 503, "Emporia's cloud is not available right now."),
        (EmporiaTimedOut(), 504, "Emporia's cloud did not answer in time."),
    ],
)
async def test_the_failure_of_a_sign_in_carries_its_kind(gateway, failure, status, sentence):
    headers = await gateway.sign_up()
    gateway.user_pool.failure = failure

    answer = await gateway.client.post("/emporia-auth", headers=headers, json=CREDENTIALS)

    assert answer.status_code == status
    assert answer.json() == {"error": sentence}


async def test_delete_emporia_auth_answers_204_and_nothing_is_linked(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.delete("/emporia-auth", headers=headers)

    devices = await gateway.client.get("/devices", headers=headers)
    assert answer.status_code == 204
    assert answer.content == b""
    assert devices.status_code == 400
    assert devices.json() == {"error": "Failed to fetch devices"}
