"""How imports go, within one process."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.fake.clock import ManualClock
from adapters.memory import import_board
from adapters.memory.import_board import InMemoryImportBoard
from application.ports.archive.import_board import ImportState, ImportStatus, Reached
from domain.accounts.users import UserId


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def board(clock):
    return InMemoryImportBoard(clock)


def status(number, clock, *, user=1, state=ImportState.DONE):
    ended = None if state is ImportState.WAITING else clock.now()
    return ImportStatus(
        id=str(number),
        user_id=UserId(UUID(int=user)),
        state=state,
        reached=Reached(file_bytes=1),
        begun_at=clock.now(),
        ended_at=ended,
    )


def test_the_newest_is_the_one_that_was_begun_last(board, clock):
    first, second = (status(number, clock, state=ImportState.WAITING) for number in (1, 2))
    board.put(first)
    board.put(second)
    done = replace(first, state=ImportState.DONE, ended_at=clock.now())
    board.put(done)
    assert board.newest(first.user_id) == second
    assert board.of_user(first.user_id, "1") == done


def test_others_are_not_told(board, clock):
    board.put(status(1, clock))
    assert board.newest(UserId(UUID(int=2))) is None
    assert board.of_user(UserId(UUID(int=2)), "1") is None


async def test_what_has_ended_is_forgotten_after_a_day_and_what_goes_on_is_not(board, clock):
    board.put(status(1, clock))
    board.put(status(2, clock, state=ImportState.WAITING))
    user = UserId(UUID(int=1))
    await clock.advance(timedelta(days=1).total_seconds())
    assert board.of_user(user, "1") is not None
    await clock.advance(1)
    assert board.of_user(user, "1") is None
    assert board.newest(user).id == "2"


def test_of_many_the_oldest_that_ended_are_forgotten(board, clock, monkeypatch):
    monkeypatch.setattr(import_board, "MOST_OF_USER", 2)
    monkeypatch.setattr(import_board, "MOST", 3)
    board.put(status(0, clock, state=ImportState.WAITING))
    for number in (1, 2, 3):
        board.put(status(number, clock))
    user = UserId(UUID(int=1))
    kept = [number for number in range(4) if board.of_user(user, str(number))]
    assert kept == [0, 3]
    for number in (4, 5):
        board.put(status(number, clock, user=number))
    assert board.of_user(user, "3") is None
    assert board.of_user(user, "0") is not None
