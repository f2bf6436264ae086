import pytest

from domain.accounts.callers.pauses import PASSWORD_PAUSES, PauseRule
from domain.emporia.links import SIGN_IN_PAUSES

RULE = PauseRule(free_refusals=3, first_seconds=2, longest_seconds=60, forgotten_after_seconds=3600)


@pytest.mark.parametrize(
    ("refusals", "seconds"),
    [(0, 0), (2, 0), (3, 2), (4, 4), (5, 8), (7, 32), (8, 60), (9, 60), (100_000, 60)],
)
def test_a_pause_doubles_with_each_refusal_up_to_the_longest(refusals: int, seconds: float) -> None:
    assert RULE.seconds_after(refusals) == seconds


def test_nobody_is_locked_out_for_more_than_minutes() -> None:
    assert PASSWORD_PAUSES.longest_seconds <= 300


def test_emporia_is_not_asked_again_after_three_refusals_which_is_before_it_locks() -> None:
    assert SIGN_IN_PAUSES.seconds_after(2) == 0
    assert SIGN_IN_PAUSES.seconds_after(3) >= 60
