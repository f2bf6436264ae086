from datetime import UTC, datetime, timedelta

import pytest

from domain.emporia.cloud.budget_shares import WINDOW, BudgetShares, Purpose

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def shares(limit: int = 100, *, aside: int = 0) -> BudgetShares:
    made = BudgetShares(limit)
    made.set_aside(aside)
    return made


@pytest.mark.parametrize("purpose", [Purpose.STREAM, Purpose.REPLAY, Purpose.FILL])
def test_a_tenth_and_what_is_set_aside_are_kept_from_streams_and_from_the_fill(purpose) -> None:
    assert shares(aside=20).allowed(purpose, NOON) == 70
    assert shares(aside=20).daily_of_streams == 70
    assert shares().daily_of_streams == 90


@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.PAST, Purpose.HISTORY])
def test_who_reads_may_use_all_of_it(purpose) -> None:
    assert shares(aside=20).allowed(purpose, NOON) == 100


def test_recording_keeps_off_the_tenth_that_is_for_reads() -> None:
    assert shares(aside=20).allowed(Purpose.RECORD, NOON) == 90


def test_what_was_set_aside_and_used_is_not_kept_twice() -> None:
    made = shares(aside=20)
    for _ in range(15):
        made.note(Purpose.RECORD, NOON)
    assert made.allowed(Purpose.STREAM, NOON) == 85
    for _ in range(15):
        made.note(Purpose.RECORD, NOON)
    assert made.allowed(Purpose.STREAM, NOON) == 90
    assert made.allowed(Purpose.STREAM, NOON + WINDOW - SECOND) == 90
    assert made.allowed(Purpose.STREAM, NOON + WINDOW) == 70


def test_more_set_aside_than_there_is_leaves_streams_nothing() -> None:
    assert shares(aside=95).daily_of_streams == 0
    assert shares(aside=95).allowed(Purpose.STREAM, NOON) == 0


def test_the_fill_takes_half_a_day_and_then_waits_for_the_first_of_them_to_be_forgotten() -> None:
    made = shares(limit=10)
    for at in range(5):
        assert made.wait_seconds(Purpose.FILL, NOON + at * SECOND) == 0
        made.note(Purpose.FILL, NOON + at * SECOND)
    assert made.wait_seconds(Purpose.FILL, NOON + 10 * SECOND) == 86_390
    assert made.wait_seconds(Purpose.FILL, NOON + WINDOW - SECOND) == 1
    assert made.wait_seconds(Purpose.FILL, NOON + WINDOW) == 0


def test_the_smallest_budget_still_lets_the_fill_make_one_a_day() -> None:
    made = shares(limit=1)
    assert made.wait_seconds(Purpose.FILL, NOON) == 0
    made.note(Purpose.FILL, NOON)
    assert made.wait_seconds(Purpose.FILL, NOON) == 86_400


@pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.FILL])
def test_nobody_else_is_held_back_so(purpose) -> None:
    made = shares(limit=2)
    for _ in range(10):
        made.note(purpose, NOON)
    assert made.wait_seconds(purpose, NOON) == 0
    assert made.allowed(Purpose.READ, NOON) == 2
