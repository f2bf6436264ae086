"""What is counted together in the trail, and what is not."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts.callers.actors import Actor
from domain.accounts.callers.visits import Visit
from domain.accounts.trail import SIGN_IN_FAILED, TrailLine, kept_since
from domain.accounts.users import UserId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = UserId(UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"))


def failure(minutes: int = 0, address: str = "192.0.2.0/24") -> TrailLine:
    return TrailLine(
        user_id=ADA,
        at=NOON + timedelta(minutes=minutes),
        kind=SIGN_IN_FAILED,
        by="visitor curl",
        detail={"address": address},
    )


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (failure(59), True),
        (failure(60), False),
        (failure(address="198.51.100.0/24"), False),
    ],
)
def test_failures_of_one_hour_and_one_place_are_of_one_group(other, together) -> None:
    assert (failure().group == other.group) is together


def test_nothing_else_is_of_any_group() -> None:
    assert TrailLine(user_id=ADA, at=NOON, kind="signed_in", by="somebody").group is None


def test_two_lines_of_a_group_are_one_from_the_first_to_the_last() -> None:
    both = failure(20).and_again(failure(10)).and_again(failure(5))
    assert (both.times, both.at, both.last_at) == (
        3,
        NOON + timedelta(minutes=5),
        NOON + timedelta(minutes=20),
    )


def test_who_is_signed_in_is_told_from_who_is_not() -> None:
    visit = Visit(name="Firefox on Linux", address_prefix="192.0.2.0/24")
    assert Actor.session(visit).name == "session Firefox on Linux"
    assert Actor.visitor(visit).name == "visitor Firefox on Linux"
    assert Actor.visitor(visit).address_prefix == "192.0.2.0/24"


def test_lines_are_kept_for_so_many_days() -> None:
    assert kept_since(NOON, days=28) == datetime(2026, 2, 1, 12, tzinfo=UTC)
