"""Whoever tries passwords too fast is slowed down, by address."""

import httpx
import pytest


@pytest.fixture
async def limited(make_gateway):
    """A gateway that takes sixty costly calls a minute from an address."""
    made = make_gateway(account_calls_per_minute=60)
    async with made.client:
        yield made


async def spend(gateway, calls):
    for _ in range(calls):
        await gateway.client.post("/login", json={})


async def test_nothing_up_to_the_limit_is_refused(limited):
    await spend(limited, 59)

    answer = await limited.client.post("/login", json={})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/signup"), ("POST", "/login"), ("POST", "/emporia-auth"), ("DELETE", "/me")],
)
async def test_past_the_limit_every_costly_route_is_429(limited, method, path):
    await spend(limited, 60)

    answer = await limited.client.request(method, path)

    assert answer.status_code == 429
    assert answer.json() == {"error": "Too many requests; please slow down."}
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    ("path", "status"), [("/health/live", 200), ("/docs", 200), ("/nowhere", 404)]
)
async def test_other_routes_are_never_refused(limited, path, status):
    await spend(limited, 60)

    answer = await limited.client.get(path)

    assert answer.status_code == status


async def test_another_address_has_a_count_of_its_own(limited):
    await spend(limited, 60)
    transport = httpx.ASGITransport(limited.app, client=("192.0.2.7", 4000))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as other:
        answer = await other.post("/login", json={})

    assert answer.status_code == 400


async def test_a_line_of_ipv6_is_counted_as_one_however_many_addresses_it_uses(limited):
    statuses = []
    for number in range(61):
        client = (f"2001:db8:1:2::{number:x}", 4000)
        transport = httpx.ASGITransport(limited.app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as one:
            statuses.append((await one.post("/login", json={})).status_code)

    assert statuses == [400] * 60 + [429]


async def test_a_48th_of_ipv6_gets_eight_times_as_much_however_many_networks_it_has(limited):
    statuses = []
    for number in range(481):
        client = (f"2001:db8:1:{number:x}::1", 4000)
        transport = httpx.ASGITransport(limited.app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as one:
            statuses.append((await one.post("/login", json={})).status_code)

    assert statuses == [400] * 480 + [429]
