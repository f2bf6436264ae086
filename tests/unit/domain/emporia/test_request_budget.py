from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emporia.cloud.budget_shares import WINDOW, Purpose
from domain.emporia.cloud.request_budget import MINUTES, SLOT, RequestBudget, Slot
from domain.errors import BudgetSpent, InvalidInput

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)
PAUSES = st.lists(st.integers(0, 4 * 3600).map(lambda seconds: timedelta(seconds=seconds)))
PURPOSES = st.lists(st.sampled_from(Purpose))


def spend(budget: RequestBudget, requests: int, *, at: datetime = NOON) -> None:
    for _ in range(requests):
        budget.record(at)


def refused(budget: RequestBudget, purpose: Purpose, now: datetime) -> float | None:
    """The seconds until the next request is allowed; None where it just was."""
    try:
        budget.take(purpose, now)
    except BudgetSpent as spent:
        return spent.retry_after_seconds
    return None


def test_each_request_is_counted_into_its_minute() -> None:
    budget = RequestBudget(10)
    budget.take(Purpose.READ, NOON + timedelta(seconds=59.9))
    assert budget.take(Purpose.READ, NOON) == Slot(NOON, 2)
    assert budget.take(Purpose.READ, NOON + timedelta(seconds=60)) == Slot(
        NOON + timedelta(minutes=1), 1
    )


def test_a_clock_that_was_set_back_forgets_no_request() -> None:
    budget = RequestBudget(10)
    budget.take(Purpose.READ, NOON)
    assert budget.take(Purpose.READ, NOON - timedelta(hours=1)) == Slot(NOON, 2)


def test_reads_stop_at_the_limit_and_streams_a_tenth_before() -> None:
    budget = RequestBudget(20)
    spend(budget, 18)
    with pytest.raises(BudgetSpent):
        budget.take(Purpose.STREAM, NOON)
    budget.take(Purpose.READ, NOON)
    budget.take(Purpose.READ, NOON)
    with pytest.raises(BudgetSpent):
        budget.take(Purpose.READ, NOON)


def test_a_refused_request_is_not_counted() -> None:
    budget = RequestBudget(1)
    spend(budget, 1)
    assert refused(budget, Purpose.READ, NOON) is not None
    assert budget.spent(NOON) == 1


def test_no_limit_means_that_nothing_is_refused_or_counted() -> None:
    budget = RequestBudget(0)
    assert [budget.take(Purpose.STREAM, NOON) for _ in range(100)] == [None] * 100
    assert budget.spent(NOON) == 0
    assert budget.left(NOON) is None
    assert budget.slow_down_seconds(NOON) == 0.0


def test_what_is_left_is_told_and_is_never_less_than_nothing() -> None:
    budget = RequestBudget(10)
    spend(budget, 4)
    assert budget.left(NOON) == 6
    spend(budget, 7)
    assert budget.left(NOON) == 0
    assert budget.left(NOON + WINDOW + timedelta(minutes=1)) == 10


def test_many_reads_that_do_not_fit_now_are_told_when_they_will() -> None:
    budget = RequestBudget(10)
    spend(budget, 4)
    budget.require(6, NOON)
    with pytest.raises(BudgetSpent) as refusal:
        budget.require(7, NOON)
    seconds = refusal.value.retry_after_seconds or 0.0
    assert budget.left(NOON) == 6
    budget.require(7, NOON + timedelta(seconds=seconds))


def test_more_reads_than_a_day_has_are_never_begun() -> None:
    RequestBudget(0).require(11, NOON)
    with pytest.raises(InvalidInput, match="takes 11 requests to Emporia, more than the 10"):
        RequestBudget(10).require(11, NOON)


def test_a_minute_is_forgotten_24_hours_after_its_end() -> None:
    budget = RequestBudget(10)
    spend(budget, 3)
    forgotten = NOON + WINDOW + timedelta(minutes=1)
    assert budget.spent(forgotten - timedelta(microseconds=1)) == 3
    assert budget.spent(forgotten) == 0


def test_the_pause_ends_when_enough_minutes_are_forgotten() -> None:
    budget = RequestBudget(10)
    spend(budget, 1)
    spend(budget, 9, at=NOON + timedelta(hours=1))
    assert refused(budget, Purpose.STREAM, NOON + timedelta(hours=1)) == 24 * 3600 + 60
    assert refused(budget, Purpose.READ, NOON + timedelta(hours=1)) == 23 * 3600 + 60


def test_a_limit_that_was_lowered_is_kept_as_soon_as_it_can_be() -> None:
    budget = RequestBudget(2, [Slot(NOON, 3), Slot(NOON + timedelta(hours=1), 5)])
    assert refused(budget, Purpose.READ, NOON + timedelta(hours=1)) == 24 * 3600 + 60


@given(st.integers(1, 12), PAUSES, PURPOSES, st.integers(0, 20))
def test_no_24_hours_see_more_than_the_limit_not_even_across_a_restart(
    limit: int, pauses: list[timedelta], purposes: list[Purpose], restart_at: int
) -> None:
    budget, now = RequestBudget(limit), NOON
    kept: dict[datetime, int] = {}
    made: list[datetime] = []
    for number, (pause, purpose) in enumerate(zip(pauses, purposes, strict=False)):
        now += pause
        if number == restart_at:
            since = now - WINDOW - timedelta(minutes=1)
            slots = [Slot(start, requests) for start, requests in kept.items() if start >= since]
            budget = RequestBudget(limit, slots)
        try:
            slot = budget.take(purpose, now)
        except BudgetSpent:
            continue
        assert slot is not None
        kept[slot.start] = slot.requests
        made.append(now)
    assert all(sum(end - DAY < each <= end for each in made) <= limit for end in made)


@given(st.integers(10, 40), st.lists(st.integers(0, 4 * 3600), max_size=60), st.integers(0, 60))
def test_streams_leave_a_tenth_to_reads_whoever_came_first(
    limit: int, pauses: list[int], reads: int
) -> None:
    budget, now = RequestBudget(limit), NOON
    for _ in range(reads):
        refused(budget, Purpose.READ, now)
    for pause in pauses:
        now += timedelta(seconds=pause)
        before = budget.spent(now)
        if refused(budget, Purpose.STREAM, now) is None:
            assert before < limit - limit // 10


@given(
    st.integers(1, 12),
    st.lists(st.integers(0, 86_400), min_size=1, max_size=30),
    st.sampled_from(Purpose),
)
def test_retry_after_is_when_the_next_request_really_is_allowed(
    limit: int, offsets: list[int], purpose: Purpose
) -> None:
    budget = RequestBudget(limit)
    for offset in sorted(offsets):
        spend(budget, 1, at=NOON + timedelta(seconds=offset))
    now = NOON + timedelta(days=1)
    pause = refused(budget, purpose, now)
    if pause is not None:
        allowed = now + timedelta(seconds=pause)
        assert refused(budget, purpose, allowed - timedelta(microseconds=1)) is not None
        assert refused(budget, purpose, allowed) is None


def following(budget: RequestBudget, now: datetime, *, monotonic: float) -> list[Slot]:
    """The budget's minutes after it has looked at the clocks."""
    budget.follow_clock(now, monotonic=monotonic)
    return list(budget.slots)


def test_minutes_ahead_of_the_clock_are_requests_that_were_made_and_count_as_made_now() -> None:
    next_year = NOON + timedelta(days=365)
    budget = RequestBudget(10, [Slot(NOON - timedelta(hours=1), 2), Slot(next_year, 3)])
    moved = following(budget, NOON, monotonic=5.0)
    assert moved == [Slot(NOON - timedelta(hours=1), 2), Slot(NOON, 3)]
    assert budget.spent(NOON) == 5
    assert budget.spent(NOON + WINDOW + timedelta(minutes=1)) == 0


def test_a_clock_set_forward_a_day_and_back_forgets_no_request() -> None:
    budget = RequestBudget(10)
    budget.follow_clock(NOON, monotonic=0.0)
    spend(budget, 7)
    far = NOON + timedelta(hours=25)
    assert budget.follow_clock(far, monotonic=1.0)
    assert budget.spent(far) == 7
    assert budget.follow_clock(NOON, monotonic=2.0)
    assert budget.spent(NOON) == 7
    assert list(budget.slots) == [Slot(NOON, 7)]


def test_a_clock_set_back_keeps_each_minute_for_its_time() -> None:
    budget = RequestBudget(10)
    budget.follow_clock(NOON, monotonic=0.0)
    spend(budget, 2, at=NOON - timedelta(hours=3))
    spend(budget, 4)
    earlier = NOON - timedelta(hours=2)
    assert following(budget, earlier, monotonic=0.0) == [
        Slot(earlier - timedelta(hours=3), 2),
        Slot(earlier, 4),
    ]


def test_a_start_with_the_clock_far_ahead_forgets_nothing_for_good() -> None:
    budget = RequestBudget(10, [Slot(NOON - timedelta(hours=1), 4)])
    far = NOON + timedelta(days=400)
    assert not budget.follow_clock(far, monotonic=0.0)
    assert budget.spent(far) == 0
    spend(budget, 2, at=far)
    assert budget.kept == (Slot(NOON - timedelta(hours=1), 4), Slot(far, 2))
    moved = following(budget, NOON + timedelta(hours=3), monotonic=3 * 3600.0)
    assert moved == [Slot(NOON - timedelta(hours=1), 4), Slot(NOON, 2)]
    assert budget.spent(NOON + timedelta(hours=3)) == 6


def test_minutes_of_an_earlier_process_follow_a_clock_that_is_set_forward_and_back() -> None:
    budget = RequestBudget(10, [Slot(NOON - timedelta(hours=1), 4)])
    budget.follow_clock(NOON, monotonic=0.0)
    far = NOON + timedelta(hours=30)
    assert following(budget, far, monotonic=0.0) == [Slot(far - timedelta(hours=1), 4)]
    assert following(budget, NOON, monotonic=0.0) == [Slot(NOON - timedelta(hours=1), 4)]


def test_a_minute_that_two_processes_have_counted_in_is_of_the_second() -> None:
    budget = RequestBudget(10, [Slot(NOON, 4)])
    budget.follow_clock(NOON, monotonic=0.0)
    spend(budget, 1)
    earlier = NOON - timedelta(hours=2)
    assert following(budget, earlier + SLOT, monotonic=60.0) == [Slot(earlier, 5)]


def test_after_a_day_it_is_certain_what_an_earlier_process_did_more_than_a_day_ago() -> None:
    budget = RequestBudget(10, [Slot(NOON - 2 * DAY, 4)])
    for seconds, kept in ((0.0, 1), (86_400.0, 1), (86_460.0, 0)):
        now = NOON + timedelta(seconds=seconds)
        budget.follow_clock(now, monotonic=seconds)
        assert budget.spent(now) == 0
        assert len(budget.kept) == kept


def test_no_more_minutes_are_kept_for_a_clock_that_may_be_ahead_than_a_day_has() -> None:
    long_ago = NOON - 10 * DAY
    budget = RequestBudget(10, [Slot(long_ago + minute * SLOT, 1) for minute in range(3000)])
    budget.follow_clock(NOON, monotonic=0.0)
    assert budget.spent(NOON) == 0
    assert len(budget.kept) == MINUTES


def test_a_clock_that_runs_as_it_should_moves_nothing() -> None:
    budget = RequestBudget(10, [Slot(NOON, 3)])
    assert not budget.follow_clock(NOON, monotonic=0.0)
    assert not budget.follow_clock(NOON + timedelta(hours=5, seconds=2), monotonic=5 * 3600.0)


def test_a_request_that_never_left_is_taken_back_and_one_that_was_moved_stays() -> None:
    budget = RequestBudget(10)
    slot = budget.record(NOON)
    budget.undo(slot)
    assert budget.spent(NOON) == 0
    budget.undo(Slot(NOON, 1))
    assert budget.spent(NOON) == 0


def test_where_everything_is_set_aside_a_stream_is_told_to_come_back_in_a_day() -> None:
    budget = RequestBudget(100)
    budget.shares.set_aside(90)
    assert refused(budget, Purpose.STREAM, NOON) == DAY.total_seconds()
    assert refused(budget, Purpose.RECORD, NOON) is None


def test_a_fill_that_had_its_half_waits_though_much_is_left() -> None:
    budget = RequestBudget(100)
    for _ in range(50):
        budget.take(Purpose.FILL, NOON)
    assert refused(budget, Purpose.FILL, NOON) == DAY.total_seconds()
    assert refused(budget, Purpose.STREAM, NOON) is None
