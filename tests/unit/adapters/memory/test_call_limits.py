"""Costly calls are counted by the minute, for each network alone."""

from collections.abc import Iterator

import pytest

from adapters.fake.clock import ManualClock
from adapters.memory import call_limits
from adapters.memory.call_limits import InMemoryCallLimit
from domain.accounts.callers.networks import Network
from domain.errors import TooManyCalls

HERE, THERE = Network("192.0.2.1"), Network("192.0.2.2")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def test_a_minute_after_the_first_call_all_is_forgiven(clock) -> None:
    limit = InMemoryCallLimit(most_calls=2, clock=clock)
    await limit.count(HERE)
    await limit.count(HERE)
    with pytest.raises(TooManyCalls):
        await limit.count(HERE)

    await clock.advance(60)

    await limit.count(HERE)


async def test_the_refusal_knows_when_the_window_ends(clock) -> None:
    limit = InMemoryCallLimit(most_calls=1, clock=clock)
    await limit.count(HERE)
    await clock.advance(45)

    with pytest.raises(TooManyCalls) as refusal:
        await limit.count(HERE)

    assert refusal.value.retry_after_seconds == 15


async def test_another_network_has_a_count_of_its_own(clock) -> None:
    limit = InMemoryCallLimit(most_calls=1, clock=clock)
    await limit.count(HERE)

    await limit.count(THERE)


def lines_of(site: str) -> Iterator[Network]:
    """All networks of a site of IPv6, one after the other."""
    return (Network(f"{site}:{number:x}::/64") for number in range(65_536))


async def test_a_site_may_call_eight_times_as_often_however_many_networks_it_has(clock) -> None:
    limit = InMemoryCallLimit(most_calls=2, clock=clock)
    lines = lines_of("2001:db8:1")
    for _ in range(16):
        await limit.count(next(lines))

    with pytest.raises(TooManyCalls) as refusal:
        await limit.count(next(lines))

    assert refusal.value.retry_after_seconds == 60
    await limit.count(next(lines_of("2001:db8:2")))
    await limit.count(HERE)


async def test_what_is_refused_to_a_network_does_not_count_for_its_site(clock) -> None:
    limit = InMemoryCallLimit(most_calls=1, clock=clock)
    lines = lines_of("2001:db8:1")
    first = next(lines)
    await limit.count(first)
    for _ in range(8):
        with pytest.raises(TooManyCalls):
            await limit.count(first)

    await limit.count(next(lines))


async def test_memory_holds_only_the_networks_of_the_last_minute(clock) -> None:
    limit = InMemoryCallLimit(most_calls=1, clock=clock)
    await limit.count(HERE)
    await clock.advance(60)

    await limit.count(THERE)

    assert list(limit._windows) == [THERE]


async def test_memory_is_bounded_however_many_networks_come(clock, monkeypatch) -> None:
    monkeypatch.setattr(call_limits, "MOST_WINDOWS", 10)
    limit = InMemoryCallLimit(most_calls=1, clock=clock)

    for number in range(100):
        await limit.count(Network(f"192.0.2.{number}"))

    assert len(limit._windows) <= 11
