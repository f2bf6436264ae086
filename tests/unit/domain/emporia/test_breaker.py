import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emporia.cloud.breaker import (
    CLOSED,
    LONGEST_RETRY_AFTER_SECONDS,
    PAUSES_SECONDS,
    PROBE_SECONDS,
    Breaker,
    Trouble,
    pause_seconds,
)
from domain.errors import (
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

FRACTIONS = st.floats(0, 1, exclude_max=True)


def opened(
    breaker: Breaker = CLOSED, *, now: float = 0.0, retry_after_seconds: float | None = None
) -> Breaker:
    """After one more failure, by whoever was let in last."""
    return breaker.fail(
        begun_at=breaker.failures,
        trouble=Trouble.UNAVAILABLE,
        now=now,
        retry_after_seconds=retry_after_seconds,
        fraction=0.0,
    )


def known_outage() -> Breaker:
    return opened(opened(opened()))


def test_a_closed_breaker_lets_everybody_ask() -> None:
    assert CLOSED.begin(0.0) is CLOSED


def test_an_open_one_lets_nobody_ask_before_its_time_and_one_from_then_on() -> None:
    breaker = opened(now=100.0)
    assert breaker.begin(100.2) is None
    half_open = breaker.begin(100.25)
    assert half_open is not None
    assert half_open.begin(100.3) is None


def test_a_probe_that_succeeds_closes_it() -> None:
    half_open = opened().begin(1.0)
    assert half_open is not None
    assert half_open.succeed(begun_at=1) is CLOSED


def test_a_probe_that_fails_opens_it_for_longer() -> None:
    breaker = CLOSED
    for pause in (*PAUSES_SECONDS, PAUSES_SECONDS[-1]):
        breaker = opened(breaker, now=1000.0)
        assert breaker.open_until == 1000.0 + pause
        assert breaker.begin(breaker.open_until) is not None


def test_a_probe_that_learnt_nothing_lets_another_one_pass() -> None:
    half_open = opened().begin(1.0)
    assert half_open is not None
    assert half_open.give_up(begun_at=1).begin(1.0) is not None
    assert half_open.give_up(begun_at=0) is half_open


def test_a_probe_that_nobody_heard_of_again_blocks_for_a_minute() -> None:
    half_open = opened().begin(1.0)
    assert half_open is not None
    assert half_open.begin(0.9 + PROBE_SECONDS) is None
    assert half_open.begin(1.0 + PROBE_SECONDS) is not None


def test_ten_who_fail_at_once_count_as_one() -> None:
    breaker = opened()
    for _ in range(9):
        breaker = breaker.fail(
            begun_at=0,
            trouble=Trouble.TIMED_OUT,
            now=5.0,
            retry_after_seconds=None,
            fraction=0.0,
        )
    assert breaker == opened()


def test_who_began_before_the_newest_failure_does_not_close_it() -> None:
    assert opened().succeed(begun_at=0) == opened()


def test_from_the_third_failure_on_an_outage_is_known() -> None:
    assert not opened(opened()).is_known_outage
    assert known_outage().is_known_outage


@pytest.mark.parametrize(
    ("retry_after_seconds", "pause"),
    [(None, 0.25), (0.0, 0.25), (30.0, 30.0), (99_999_999.0, LONGEST_RETRY_AFTER_SECONDS)],
)
def test_the_clouds_own_word_holds_for_minutes_at_most(
    retry_after_seconds: float | None, pause: float
) -> None:
    assert opened(retry_after_seconds=retry_after_seconds).open_until == pause


@given(st.integers(1, 10**6), FRACTIONS)
def test_pauses_grow_to_two_minutes_and_chance_shortens_them_a_little(
    failures: int, fraction: float
) -> None:
    pause = pause_seconds(failures, fraction=fraction)
    assert 0.95 * PAUSES_SECONDS[0] < pause <= 120.0
    assert pause <= pause_seconds(failures + 1, fraction=0.0)


@given(st.lists(FRACTIONS, min_size=40, max_size=40))
def test_an_hour_of_failures_takes_no_more_than_37_requests(fractions: list[float]) -> None:
    now = 0.0
    for made, fraction in enumerate(fractions, start=1):
        now += pause_seconds(made, fraction=fraction)
        if now > 3600:
            break
    assert made <= 37


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (EmporiaUnavailable(), EmporiaUnavailable),
        (EmporiaThrottled(), EmporiaUnavailable),
        (EmporiaTimedOut(), EmporiaTimedOut),
        (EmporiaUnreadable(), EmporiaUnreadable),
        (EmporiaTokenRefused(), EmporiaUnavailable),
    ],
    ids=lambda each: type(each).__name__,
)
def test_who_may_not_ask_is_told_the_newest_failure_and_when_to_come_back(failure, told) -> None:
    breaker = CLOSED.fail(
        begun_at=0,
        trouble=Trouble.of(failure),
        now=10.0,
        retry_after_seconds=8.0,
        fraction=0.0,
    )
    error = breaker.error(now=12.0)
    assert type(error) is told
    assert error.retry_after_seconds == 6.0
    assert breaker.error(now=50.0).retry_after_seconds == 0.25
