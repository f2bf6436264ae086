from contextlib import ExitStack
from uuid import UUID

import pytest

from application.archive.exchange.exports_at_once import MOST_IN_ALL, ExportsAtOnce
from domain.accounts.users import UserId
from domain.archive.exchange.errors import TooManyExports


def user(number: int) -> UserId:
    return UserId(UUID(int=number))


def test_a_user_has_one_at_a_time_and_the_next_when_it_has_ended() -> None:
    at_once = ExportsAtOnce()
    for _ in range(2):
        with at_once.place(user(1)):
            with pytest.raises(TooManyExports) as refused, at_once.place(user(1)):
                pass
            assert refused.value.retry_after_seconds
            with at_once.place(user(2)):
                pass


def test_all_users_together_have_a_few() -> None:
    at_once = ExportsAtOnce()
    with ExitStack() as places:
        for number in range(MOST_IN_ALL):
            places.enter_context(at_once.place(user(number)))
        with pytest.raises(TooManyExports), at_once.place(user(99)):
            pass
    with at_once.place(user(99)):
        assert len(at_once.running) == 1
