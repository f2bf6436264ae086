"""Health for those who run the gateway."""

import pytest


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health_answers_200(gateway, path):
    answer = await gateway.client.get(path)

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


async def test_without_its_database_the_gateway_is_alive_but_not_ready(gateway):
    gateway.storage_health.reachable = False

    live = await gateway.client.get("/health/live")
    ready = await gateway.client.get("/health/ready")

    assert live.status_code == 200
    assert ready.status_code == 503
    assert ready.json() == {"error": "The database can't be reached."}
    assert ready.headers["Retry-After"] == "30"
