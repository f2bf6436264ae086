import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emporia.read_share import ReadShare, share_of
from domain.errors import BudgetSpent, InvalidInput

DAY = 86_400


def taken(*moments: float) -> ReadShare:
    """A share with a request at each of these moments."""
    share = ReadShare()
    for moment in moments:
        share.take(moment)
    return share


@pytest.mark.parametrize(("users", "share"), [(1, 2000), (2, 1000), (3, 666), (5000, 1), (0, 2000)])
def test_each_of_the_users_has_an_equal_part_and_at_least_one(users: int, share: int) -> None:
    assert share_of(2000, users=users) == share


def test_what_fits_is_let_pass_and_what_does_not_is_told_when() -> None:
    share = taken(0.0, 30.0, 600.0)
    share.require(2, most=5, now=700.0)
    with pytest.raises(BudgetSpent) as refusal:
        share.require(3, most=5, now=700.0)
    assert refusal.value.retry_after_seconds == DAY + 60 - 700
    with pytest.raises(BudgetSpent) as refusal:
        share.require(5, most=5, now=700.0)
    assert refusal.value.retry_after_seconds == DAY + 660 - 700


def test_what_never_fits_is_told_so() -> None:
    with pytest.raises(InvalidInput, match=r"takes 6 requests .* your share of 5 a day"):
        ReadShare().require(6, most=5, now=0.0)


def test_a_request_that_did_not_leave_is_not_counted() -> None:
    share = taken(0.0, 1.0)
    share.undo()
    assert share.spent(1.0) == 1
    share.undo()
    share.undo()
    assert share.spent(1.0) == 0


@given(st.lists(st.floats(0, 3 * DAY), max_size=60).map(sorted))
def test_no_24_hours_hold_more_than_the_share(moments: list[float]) -> None:
    share, made = ReadShare(), []
    for moment in moments:
        try:
            share.require(1, most=5, now=moment)
        except BudgetSpent as refusal:
            share.require(1, most=5, now=moment + (refusal.retry_after_seconds or 0))
            break
        share.take(moment)
        made.append(moment)
    assert all(sum(0 <= end - moment < DAY for moment in made) <= 5 for end in made)
