"""Of many nodes one polls, and all spend one budget."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from adapters.fake.clock import ManualClock
from adapters.fake.emporia.leases import SharedLeases
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.memory.leases import OnlyNode
from application.emporia.cloud.request_budgets import RequestBudgets
from application.ports.emporia.leases import Fence
from application.ports.emporia.requests_of_others import RequestsOfOthers
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId
from domain.errors import BudgetSpent, StorageUnavailable

HOME = AccountId(42)
MINUTE = timedelta(minutes=1)


class CountingOthers(RequestsOfOthers):
    """What the others have spent, and how often that was asked for."""

    def __init__(self) -> None:
        self.spent: list[Slot] = []
        self.asked: list[datetime] = []
        self.failure: Exception | None = None

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:  # noqa: ARG002
        self.asked.append(since)
        if self.failure is not None:
            raise self.failure
        return [Slot(slot.start, slot.requests) for slot in self.spent if slot.start >= since]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def ledger() -> InMemoryRequestLedger:
    return InMemoryRequestLedger()


@pytest.fixture
def others() -> CountingOthers:
    return CountingOthers()


@pytest.fixture
def budgets(clock, ledger, others) -> RequestBudgets:
    return RequestBudgets(
        ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20, others=others
    )


async def test_what_others_spent_before_counts_from_the_first_request_on(
    budgets, others, clock, ledger
) -> None:
    others.spent = [Slot(clock.now() - 60 * MINUTE, 12), Slot(clock.now(), 7)]
    await budgets.take(HOME, Purpose.READ)

    with pytest.raises(BudgetSpent):
        await budgets.take(HOME, Purpose.READ)

    assert budgets.left(HOME) == 0
    assert await ledger.slots(HOME, since=clock.now()) == [Slot(clock.now(), 1)]


async def test_a_budget_that_others_spent_is_free_again_when_theirs_is_forgotten(
    budgets, others, clock
) -> None:
    others.spent = [Slot(clock.now(), 20)]
    with pytest.raises(BudgetSpent) as spent:
        await budgets.take(HOME, Purpose.READ)

    await clock.advance(spent.value.retry_after_seconds)

    await budgets.take(HOME, Purpose.READ)
    assert (await budgets.status(HOME)).spent == 1


async def test_what_others_spend_meanwhile_is_known_seconds_later(budgets, others, clock) -> None:
    await budgets.take(HOME, Purpose.READ)
    others.spent = [Slot(clock.now(), 3)]
    assert (await budgets.status(HOME)).spent == 1

    await clock.advance(5)
    assert (await budgets.status(HOME)).spent == 4
    others.spent = [Slot(clock.now(), 5)]
    await clock.advance(5)
    assert (await budgets.status(HOME)).spent == 6


async def test_others_that_leave_the_account_alone_are_asked_about_seldom(
    budgets, others, clock
) -> None:
    for _ in range(10):
        await budgets.take(HOME, Purpose.READ)
        await clock.advance(40)
    assert len(others.asked) == 10
    del others.asked[:]

    for _ in range(8):
        await budgets.take(HOME, Purpose.READ)
        await clock.advance(10)
    assert len(others.asked) == 2
    assert all(clock.now() - since <= 5 * MINUTE for since in others.asked)


async def test_where_nobody_can_say_what_others_spent_nothing_is_asked(
    budgets, others, ledger, clock
) -> None:
    others.failure = StorageUnavailable()
    with pytest.raises(StorageUnavailable):
        await budgets.take(HOME, Purpose.READ)
    others.failure = None
    await budgets.take(HOME, Purpose.READ)
    others.failure = StorageUnavailable()
    await clock.advance(60)

    with pytest.raises(StorageUnavailable):
        await budgets.require(HOME, 1)

    assert await ledger.slots(HOME, since=clock.now() - 2 * MINUTE) == [
        Slot(clock.now() - MINUTE, 1)
    ]


async def test_streams_slow_down_for_what_others_spent(budgets, others, clock) -> None:
    assert await budgets.slow_down_seconds(HOME) == 0
    others.spent = [Slot(clock.now(), 17)]
    await clock.advance(5)
    await budgets.take(HOME, Purpose.READ)

    assert await budgets.slow_down_seconds(HOME) > 3600


@pytest.mark.parametrize("daily_requests", [0, 20])
@pytest.mark.parametrize("purpose", [Purpose.STREAM, Purpose.RECORD, Purpose.FILL])
async def test_only_the_holder_polls_and_records(clock, ledger, daily_requests, purpose) -> None:
    shared = SharedLeases()
    first, second = [
        RequestBudgets(ledger=ledger, leases=node, clock=clock, daily_requests=daily_requests)
        for node in (shared.node("a"), shared.node("b"))
    ]
    await shared.node("a").hold(HOME)
    ledger.newest_fences[HOME] = shared.node("a").fence(HOME)

    await first.take(HOME, purpose)
    with pytest.raises(LeaseLost):
        await second.take(HOME, purpose)

    await second.take(HOME, Purpose.READ)


@pytest.mark.parametrize("daily_requests", [0, 20])
async def test_a_holder_that_was_replaced_without_noticing_asks_nothing(
    clock, ledger, daily_requests
) -> None:
    node = SharedLeases().node("a")
    budgets = RequestBudgets(ledger=ledger, leases=node, clock=clock, daily_requests=daily_requests)
    await node.hold(HOME)
    ledger.newest_fences[HOME] = Fence(99)

    with pytest.raises(LeaseLost):
        await budgets.take(HOME, Purpose.STREAM)

    assert (await budgets.status(HOME)).spent == 0
