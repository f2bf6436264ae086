"""How a stream's polls follow the data, and slow down before the day's budget runs out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emporia.cloud.budget_shares import WINDOW, Purpose
from domain.emporia.cloud.request_budget import SLOT, RequestBudget, Slot
from domain.emporia.usage import Scale
from domain.live.pacing import poll_pause_seconds, share_of_polls, stale_after_seconds

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY_SECONDS = 86_400
SPENT = st.lists(
    st.builds(
        Slot,
        start=st.integers(1, 1440).map(lambda minutes: NOON - minutes * SLOT),
        requests=st.integers(1, 40),
    ),
    unique_by=lambda slot: slot.start,
    max_size=30,
)


def pauses(scale: Scale, *, unchanged: range, slow_down_seconds: float = 0) -> list[float]:
    """The pause after each of so many polls that brought nothing new."""
    return [
        poll_pause_seconds(
            scale, unchanged_polls=unchanged_polls, slow_down_seconds=slow_down_seconds
        )
        for unchanged_polls in unchanged
    ]


def polls(
    budget: RequestBudget, *, pause_seconds: float, until: Callable[[float], bool]
) -> list[float]:
    """The seconds at which somebody who watches without end is polled for; no poll is refused."""
    times, now = [], 0.0
    while until(now):
        at = NOON + timedelta(seconds=now)
        budget.take(Purpose.STREAM, at)
        times.append(now)
        now += max(pause_seconds, budget.slow_down_seconds(at))
    return times


def one_day(now: float) -> bool:
    return now < DAY_SECONDS


def two_days(now: float) -> bool:
    return now < 2 * DAY_SECONDS


@pytest.mark.parametrize(
    ("scale", "seconds"),
    [
        (Scale.SECOND, 1),
        (Scale.MINUTE, 59),
        (Scale.QUARTER_HOUR, 59),
        (Scale.HOUR, 295),
        (Scale.DAY, 885),
        (Scale.WEEK, 885),
        (Scale.MONTH, 3540),
        (Scale.YEAR, 3540),
    ],
)
def test_a_new_sample_is_followed_by_a_poll_a_little_before_its_successor(
    scale: Scale, seconds: float
) -> None:
    assert pauses(scale, unchanged=range(1)) == [pytest.approx(seconds)]


def test_a_late_sample_is_asked_for_quicker_but_not_without_end() -> None:
    assert pauses(Scale.MINUTE, unchanged=range(8)) == [59, *[10] * 5, 59, 59]


@pytest.mark.parametrize("scale", Scale)
def test_nothing_is_asked_for_more_than_once_a_second(scale: Scale) -> None:
    assert min(pauses(scale, unchanged=range(20))) >= 1


@given(st.sampled_from(Scale), st.integers(0, 20), st.floats(0, 1e5), st.floats(0, 1e5))
def test_a_slower_budget_never_makes_polls_quicker(
    scale: Scale, unchanged: int, one: float, other: float
) -> None:
    at_once = range(unchanged, unchanged + 1)
    slower, quicker = sorted((one, other), reverse=True)
    assert pauses(scale, unchanged=at_once, slow_down_seconds=slower) >= pauses(
        scale, unchanged=at_once, slow_down_seconds=quicker
    )
    assert pauses(scale, unchanged=at_once, slow_down_seconds=slower) >= [slower]


@pytest.mark.parametrize("scale", Scale)
def test_a_sample_is_stale_once_two_polls_in_a_row_brought_no_other(scale: Scale) -> None:
    assert stale_after_seconds(scale) > 2 * pauses(scale, unchanged=range(1))[0]


def test_scales_that_change_slowly_claim_little_of_the_polls() -> None:
    shares = [share_of_polls(scale) for scale in Scale]
    assert shares[:4] == [1.0, 1.0, 1.0, 0.2]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.02


def test_a_third_of_the_streams_share_goes_as_fast_as_the_data() -> None:
    budget = RequestBudget(2000, [Slot(NOON, 599)])
    assert budget.slow_down_seconds(NOON) == 0
    budget.record(NOON)
    assert budget.slow_down_seconds(NOON) == 0
    budget.record(NOON)
    assert 0 < budget.slow_down_seconds(NOON) < 0.1


def test_the_burst_is_there_again_when_the_last_one_is_forgotten() -> None:
    budget = RequestBudget(2000, [Slot(NOON, 1200)])
    assert budget.slow_down_seconds(NOON + WINDOW) > 0
    assert budget.slow_down_seconds(NOON + WINDOW + SLOT) == 0


@pytest.mark.parametrize("limit", [1, 2, 9])
def test_a_used_up_share_is_waited_for(limit: int) -> None:
    budget = RequestBudget(limit, [Slot(NOON, limit)])
    wait = budget.slow_down_seconds(NOON)
    assert wait == DAY_SECONDS + 60
    budget.take(Purpose.STREAM, NOON + timedelta(seconds=wait))


def test_reads_beyond_the_streams_share_are_waited_out() -> None:
    budget = RequestBudget(20, [Slot(NOON, 10), Slot(NOON + timedelta(hours=1), 10)])
    now = NOON + timedelta(hours=2)
    wait = budget.slow_down_seconds(now)
    budget.take(Purpose.STREAM, now + timedelta(seconds=wait))


@given(st.integers(1, 2000), SPENT, st.integers(1, 50))
def test_whoever_spends_more_waits_no_less(limit: int, spent: list[Slot], more: int) -> None:
    before = RequestBudget(limit, spent).slow_down_seconds(NOON)
    after = RequestBudget(limit, [*spent, Slot(NOON, more)]).slow_down_seconds(NOON)
    assert after >= before


@given(st.integers(1, 120), SPENT, st.sampled_from([1.0, 10.0, 59.0]))
def test_a_stream_that_keeps_the_pace_is_never_refused(
    limit: int, spent: list[Slot], pause_seconds: float
) -> None:
    budget = RequestBudget(limit, spent)
    wait = budget.slow_down_seconds(NOON)
    start = NOON + timedelta(seconds=wait)
    budget.take(Purpose.STREAM, start)
    now = start
    while now < start + timedelta(days=1):
        now += timedelta(seconds=max(pause_seconds, budget.slow_down_seconds(now)))
        budget.take(Purpose.STREAM, now)


def test_a_pace_that_the_share_lasts_at_is_never_slowed() -> None:
    times = polls(RequestBudget(100), pause_seconds=1000, until=two_days)
    assert {round(later - sooner) for sooner, later in pairwise(times)} == {1000}


def test_a_poll_a_second_gives_way_step_by_step_and_lasts_all_day() -> None:
    times = polls(RequestBudget(200), pause_seconds=1, until=one_day)
    waits = [later - sooner for sooner, later in pairwise(times)]
    assert waits[:60] == [1] * 60
    assert waits == sorted(waits)
    assert max(later - sooner for sooner, later in pairwise(waits)) < 40
    assert max(waits) < 2000
    assert times[-1] > DAY_SECONDS - 2000
