"""Whoever tries passwords too fast is slowed down, by address."""

import httpx
import pytest

from domain.errors import TooManyCalls
from entrypoints.http.requests.limits import CallCounts


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


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


@pytest.mark.parametrize("path", ["/health/live", "/docs", "/nowhere"])
async def test_other_routes_are_never_refused(limited, path):
    await spend(limited, 60)

    answer = await limited.client.get(path)

    assert answer.status_code != 429


async def test_another_address_has_a_count_of_its_own(limited):
    await spend(limited, 60)
    transport = httpx.ASGITransport(limited.app, client=("192.0.2.7", 4000))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as other:
        answer = await other.post("/login", json={})

    assert answer.status_code == 400


def test_a_minute_after_the_first_call_all_is_forgiven():
    seconds = Seconds()
    counts = CallCounts(most_calls=2, seconds=seconds)
    counts.count("192.0.2.1")
    counts.count("192.0.2.1")
    seconds.now += 60

    counts.count("192.0.2.1")

    assert counts.windows["192.0.2.1"].calls == 1


def test_the_refusal_knows_when_the_window_ends():
    seconds = Seconds()
    counts = CallCounts(most_calls=1, seconds=seconds)
    counts.count("192.0.2.1")
    seconds.now += 45

    with pytest.raises(TooManyCalls) as refusal:
        counts.count("192.0.2.1")

    assert refusal.value.retry_after_seconds == 15


def test_memory_holds_only_the_addresses_of_the_last_minute():
    seconds = Seconds()
    counts = CallCounts(most_calls=1, seconds=seconds)
    counts.count("192.0.2.1")
    counts.count("192.0.2.2")
    seconds.now += 60

    counts.count("192.0.2.3")

    assert list(counts.windows) == ["192.0.2.3"]
