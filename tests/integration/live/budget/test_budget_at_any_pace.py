"""The budget against whatever pattern of requests, over days and restarts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.emporia.cloud.budget_shares import WINDOW, Purpose
from domain.emporia.cloud.request_budget import SLOT, RequestBudget, Slot
from domain.errors import BudgetSpent

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)
ASKED = st.lists(
    st.tuples(
        st.floats(0, 30).map(lambda seconds: timedelta(seconds=seconds))
        | st.floats(0, 12).map(lambda hours: timedelta(hours=hours)),
        st.sampled_from(Purpose),
        st.sampled_from([False] * 9 + [True]),
    ),
    max_size=120,
)
OFTEN = settings(max_examples=200, deadline=None, database=None, derandomize=True)


def most_in_24_hours(times: Sequence[datetime]) -> int:
    return max((sum(end - DAY < each <= end for each in times) for end in times), default=0)


class Remembered:
    """A budget together with what a ledger would keep of it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: dict[datetime, int] = {}
        self.budget = RequestBudget(limit)

    def restart(self, now: datetime) -> None:
        since = now - WINDOW - SLOT
        slots = [Slot(start, made) for start, made in self.kept.items() if start >= since]
        self.budget = RequestBudget(self.limit, slots)

    def take(self, purpose: Purpose, now: datetime) -> float | None:
        """Seconds to wait, None where the request was allowed."""
        try:
            slot = self.budget.take(purpose, now)
        except BudgetSpent as spent:
            return spent.retry_after_seconds
        assert slot is not None
        self.kept[slot.start] = slot.requests
        return None


@OFTEN
@given(st.integers(1, 30), ASKED)
def test_no_24_hours_ever_see_more_than_the_limit(
    limit: int, asked: list[tuple[timedelta, Purpose, bool]]
) -> None:
    remembered, now = Remembered(limit), NOON
    made: list[datetime] = []
    streamed: list[datetime] = []
    for pause, purpose, restarts in asked:
        now += pause
        if restarts:
            remembered.restart(now)
        if remembered.take(purpose, now) is None:
            made.append(now)
            streamed.extend([now] if purpose is Purpose.STREAM else [])
    assert most_in_24_hours(made) <= limit
    assert most_in_24_hours(streamed) <= limit - limit // 10


@OFTEN
@given(st.integers(1, 30), ASKED, st.sampled_from(Purpose))
def test_who_waits_as_told_is_let_through_and_nobody_is_told_to_wait_too_long(
    limit: int, asked: list[tuple[timedelta, Purpose, bool]], purpose: Purpose
) -> None:
    remembered, now = Remembered(limit), NOON
    for pause, other, _ in asked:
        now += pause
        remembered.take(other, now)
    wait = remembered.take(purpose, now)
    if wait is not None:
        then = now + timedelta(seconds=wait)
        assert remembered.take(purpose, then - timedelta(milliseconds=1)) is not None
        assert remembered.take(purpose, then) is None


@settings(OFTEN, max_examples=60)
@given(st.integers(1, 300), st.sampled_from([1.0, 59.0, 295.0]))
def test_a_stream_at_the_budgets_own_pace_never_waits_in_vain_and_never_for_long(
    limit: int, pause_seconds: float
) -> None:
    remembered, now = Remembered(limit), NOON
    budget, polled = remembered.budget, []
    while now < NOON + 3 * DAY:
        assert remembered.take(Purpose.STREAM, now) is None
        polled.append(now)
        now += timedelta(seconds=max(pause_seconds, budget.slow_down_seconds(now)))
    share = budget.shares.of_streams(NOON)
    evenly = DAY / share
    assert max(later - sooner for sooner, later in pairwise(polled)) <= 4.1 * evenly + 2 * SLOT
    assert most_in_24_hours(polled) <= share
