from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def tokens(*, life: timedelta) -> EmporiaTokens:
    return EmporiaTokens(
        id_token="secret-id", refresh_token="secret-refresh", issued_at=NOON, expires_at=NOON + life
    )


@pytest.mark.parametrize(
    ("life", "early"),
    [
        (timedelta(hours=1), timedelta(minutes=5)),
        (timedelta(minutes=25), timedelta(minutes=5)),
        (timedelta(seconds=10), timedelta(seconds=2)),
    ],
)
def test_tokens_want_a_refresh_five_minutes_or_a_fifth_of_their_life_before_the_end(
    life: timedelta, early: timedelta
) -> None:
    due = NOON + life - early
    assert tokens(life=life).want_refresh(due)
    assert not tokens(life=life).want_refresh(due - timedelta(microseconds=1))


def test_tokens_have_expired_at_their_end_and_not_before() -> None:
    end = NOON + timedelta(hours=1)
    assert tokens(life=timedelta(hours=1)).have_expired(end)
    assert not tokens(life=timedelta(hours=1)).have_expired(end - timedelta(microseconds=1))


def test_a_link_without_tokens_is_dead_and_new_ones_revive_it() -> None:
    alive = EmporiaLink(
        user_id=UserId(UUID(int=1)),
        account=AccountId(42),
        subject="subject",
        emporia_username="home@example.com",
        linked_at=NOON,
        signed_in_at=NOON,
        tokens=tokens(life=timedelta(hours=1)),
    )
    dead = alive.with_tokens(None)
    assert dead.is_dead
    assert not alive.is_dead
    assert dead.with_tokens(alive.tokens) == alive


def test_tokens_never_show() -> None:
    assert "secret" not in repr(tokens(life=timedelta(hours=1)))
