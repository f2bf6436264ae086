from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens, LinkLife

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINK = EmporiaLink(
    user_id=UserId(UUID(int=1)),
    account=AccountId(42),
    subject="subject",
    emporia_username="home@example.com",
    linked_at=NOON - timedelta(days=100),
    signed_in_at=NOON,
    tokens=EmporiaTokens(
        id_token="id", refresh_token="refresh", issued_at=NOON, expires_at=NOON + timedelta(hours=1)
    ),
    keeps_password=True,
)


def test_the_end_is_counted_from_the_sign_in_not_from_the_link() -> None:
    assert LinkLife(days=30).end_after(LINK.signed_in_at) == datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(("days", "last_days"), [(30, 5), (10, 5), (2, 1)])
def test_a_link_is_ending_in_its_last_five_days_or_half_a_short_life(
    days: int, last_days: int
) -> None:
    life = LinkLife(days=days)
    begins = life.end_after(NOON) - timedelta(days=last_days)
    assert not life.is_ending(LINK, begins - timedelta(microseconds=1))
    assert life.is_ending(LINK, begins)
    assert life.is_ending(LINK, life.end_after(NOON) + timedelta(days=1))


def test_a_dead_link_is_ending_no_more() -> None:
    assert not LinkLife().is_ending(LINK.with_tokens(None), NOON + timedelta(days=29))


def test_no_password_outlives_its_link() -> None:
    assert LINK.with_tokens(LINK.tokens).keeps_password
    assert not LINK.with_tokens(None).keeps_password
    assert not LINK.without_password().keeps_password


def test_a_refresh_leaves_the_time_of_the_sign_in_and_a_sign_in_sets_it() -> None:
    later = NOON + timedelta(days=3)
    assert LINK.with_tokens(LINK.tokens).signed_in_at == NOON
    assert LINK.with_tokens(LINK.tokens, signed_in_at=later).signed_in_at == later
