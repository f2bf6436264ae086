"""How many frames a client may send, by a clock that the test moves."""

from types import SimpleNamespace
from typing import Any

import pytest

from entrypoints.serving.websocket.frame_budget import KNOWN, STRANGER, FrameBudget


@pytest.fixture
def clock() -> Any:
    """A loop of which a budget wants the time alone."""
    made = SimpleNamespace(now=100.0)
    made.time = lambda: made.now
    return made


def test_a_burst_is_allowed_and_one_frame_more_is_not(clock: Any) -> None:
    budget = FrameBudget(clock)

    assert all(budget.take(1) for _ in range(STRANGER.burst))
    assert not budget.take(1)


def test_whoever_keeps_to_the_rate_goes_on_for_ever(clock: Any) -> None:
    budget = FrameBudget(clock)
    budget.grant(KNOWN)

    for _ in range(10_000):
        clock.now += 1 / KNOWN.each_second
        assert budget.take(1)


def test_whoever_goes_beyond_the_rate_is_stopped(clock: Any) -> None:
    budget = FrameBudget(clock)
    budget.grant(KNOWN)
    sent = 0
    while budget.take(1):
        sent += 1
        clock.now += 0.5 / KNOWN.each_second

    assert sent <= 4 * KNOWN.burst


def test_a_long_rest_earns_no_more_than_a_burst(clock: Any) -> None:
    budget = FrameBudget(clock)
    clock.now += 1_000_000

    assert not budget.take(2 * STRANGER.burst + 1)


def test_more_at_once_than_a_burst_is_too_much(clock: Any) -> None:
    assert not FrameBudget(clock).take(STRANGER.burst + 1)
