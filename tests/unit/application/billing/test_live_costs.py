"""Costs are worked out once a minute for all who watch, and at once when prices change."""

import asyncio
import logging
from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.fake.clock import ManualClock
from adapters.memory.events import InProcessEvents
from application.billing.live_costs import BELIEVED_SECONDS, SPREAD_SECONDS, LiveCosts
from application.live.feed.schedule import place_of
from application.ports.billing.cost_board import HomeCost, HomeCosts
from domain.accounts.users import UserId
from domain.billing.events import PricesChanged
from domain.emporia.links import AccountId

ADA, BOB = UserId(UUID(int=1)), UserId(UUID(int=2))
HOME = AccountId(42)
PLACE = 0.3 + place_of(HOME) * SPREAD_SECONDS
"""How long after the minute it is the home's turn."""


class CountedReads:
    """Works costs out by counting, as slowly as the test wants."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.takes_seconds = 0.0
        self.failure: Exception | None = None
        self.asked: list[tuple[UserId, float]] = []

    async def __call__(self, user_id: UserId, account: AccountId) -> HomeCosts | None:
        assert account == HOME
        self.asked.append((user_id, self.clock.monotonic()))
        told = (HomeCost(frozenset({1000}), {"read": len(self.asked)}),)
        await self.clock.sleep(self.takes_seconds)
        if self.failure is not None:
            raise self.failure
        return told


class Board:
    """Costs of a home from noon on, and who shows them."""

    def __init__(self) -> None:
        self.clock = ManualClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
        self.reads = CountedReads(self.clock)
        self.events = InProcessEvents()
        self.costs = LiveCosts(read=self.reads, clock=self.clock)
        self.costs.listen(self.events)

    def told(self, user_id: UserId = ADA) -> int | None:
        """The number of the working out that is told."""
        told = self.costs.told(user_id, HOME)
        return None if told is None else told[0].document["read"]

    async def watch(self, seconds: int, user_id: UserId = ADA) -> list[int | None]:
        """Ask every second, as frames do."""
        told = []
        for _ in range(seconds):
            told.append(self.told(user_id))
            await self.clock.advance(1)
        return told


@pytest.fixture
async def board():
    board = Board()
    yield board
    await board.costs.close()


async def test_asking_has_them_worked_out(board) -> None:
    assert board.told() is None
    await board.clock.settle()
    assert board.told() == 1


async def test_they_are_worked_out_once_a_minute_however_often_they_are_told(board) -> None:
    told = await board.watch(180)
    assert told[0] is None
    assert [at for _, at in board.reads.asked] == pytest.approx([0, 60 + PLACE, 120 + PLACE])
    assert told[1:60] == [1] * 59


async def test_whoever_shows_the_same_users_costs_shares_them(board) -> None:
    board.told()
    await board.clock.settle()
    assert board.costs.told(ADA, HOME) is board.costs.told(ADA, HOME)
    assert len(board.reads.asked) == 1


async def test_each_users_are_their_own(board) -> None:
    board.told(ADA), board.told(BOB)
    await board.clock.settle()
    assert (board.told(ADA), board.told(BOB)) == (1, 2)


async def test_when_prices_change_theirs_alone_are_worked_out_at_once(board) -> None:
    board.told(ADA), board.told(BOB)
    await board.clock.advance(10)
    await board.events.publish(PricesChanged(user_id=ADA))
    await board.clock.settle()
    assert board.reads.asked == [(ADA, 0.0), (BOB, 0.0), (ADA, 10.0)]
    assert board.told(ADA) == 3


async def test_a_change_while_they_are_worked_out_has_it_done_once_more(board) -> None:
    board.reads.takes_seconds = 2
    board.told()
    await board.clock.advance(1)
    for _ in range(5):
        await board.events.publish(PricesChanged(user_id=ADA))
    await board.clock.advance(10)
    assert [at for _, at in board.reads.asked] == [0.0, 2.0]


async def test_when_nobody_asks_any_more_nothing_is_worked_out(board) -> None:
    await board.watch(3)
    await board.clock.advance(600)
    assert len(board.reads.asked) == 1
    assert board.costs.count == 0
    assert board.told() is None


async def test_what_can_not_be_worked_out_is_logged_once_and_the_last_is_told_for_a_while(
    board, caplog
) -> None:
    board.told()
    await board.clock.settle()
    board.reads.failure = RuntimeError("no disk")
    with caplog.at_level(logging.ERROR):
        told = await board.watch(int(BELIEVED_SECONDS) + 120)
    assert [record.getMessage() for record in caplog.records] == [
        "costs of account 42 can't be worked out"
    ]
    assert told[int(BELIEVED_SECONDS) - 1] == 1
    assert told[-1] is None
    board.reads.failure = None
    assert (await board.watch(70))[-1] is not None


async def test_closing_stops_what_runs(board) -> None:
    board.told()
    await board.clock.settle()
    await board.costs.close()
    await board.clock.advance(600)
    assert len(board.reads.asked) == 1
    assert not [task for task in asyncio.all_tasks() if "costs of" in task.get_name()]


async def test_what_breaks_because_the_board_is_closed_does_not_hold_that_up(
    board, monkeypatch, caplog
) -> None:
    async def hang(_: float) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    monkeypatch.setattr(board.clock, "sleep", hang)
    board.told()
    await board.clock.settle()
    await asyncio.wait_for(board.costs.close(), 5)
    assert caplog.records == []
