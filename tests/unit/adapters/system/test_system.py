"""The machine's clock and randomness, as far as they can be told from a fake."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.system.clock import SystemClock
from adapters.system.randomness import SystemRandomness


def test_the_clock_tells_the_time_in_utc() -> None:
    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_seconds_only_ever_grow(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr("sys.platform", platform)
    clock = SystemClock()
    first, second = clock.monotonic(), clock.monotonic()

    assert first <= second < first + 5


async def test_sleeping_for_nothing_or_less_returns() -> None:
    await SystemClock().sleep(0)
    await SystemClock().sleep(-1)


def test_identifiers_and_fractions_do_not_repeat() -> None:
    randomness = SystemRandomness()

    assert len({randomness.identifier() for _ in range(100)}) == 100
    assert len({randomness.fraction() for _ in range(100)}) == 100


def test_fractions_lie_between_zero_and_one() -> None:
    randomness = SystemRandomness()

    assert all(0 <= randomness.fraction() < 1 for _ in range(100))
