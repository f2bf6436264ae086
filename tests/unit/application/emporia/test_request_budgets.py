import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from adapters.fake.clock import ManualClock
from adapters.fake.request_ledger import InMemoryRequestLedger
from application.emporia.request_budgets import BudgetStatus, RequestBudgets
from domain.emporia.links import AccountId
from domain.emporia.request_budget import Purpose, Slot
from domain.errors import BudgetSpent

HOME, OTHER_HOME = AccountId(42), AccountId(77)
DAY = 86_400


class UnhurriedLedger(InMemoryRequestLedger):
    """Lets others go first, as a database does."""

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        slots = await super().slots(account, since=since)
        await asyncio.sleep(0)
        return slots


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def ledger() -> InMemoryRequestLedger:
    return InMemoryRequestLedger()


@pytest.fixture
def budgets(clock, ledger) -> RequestBudgets:
    return RequestBudgets(ledger=ledger, clock=clock, daily_requests=20)


async def test_a_request_is_in_the_ledger_before_it_leaves(budgets, ledger, clock) -> None:
    await budgets.take(HOME, Purpose.STREAM)
    assert await ledger.slots(HOME, since=clock.now()) == [Slot(clock.now(), 1)]


async def test_accounts_have_budgets_of_their_own(budgets) -> None:
    for _ in range(20):
        await budgets.take(HOME, Purpose.READ)
    with pytest.raises(BudgetSpent):
        await budgets.take(HOME, Purpose.READ)
    await budgets.take(OTHER_HOME, Purpose.READ)


async def test_requests_at_the_same_time_are_all_counted(clock) -> None:
    ledger = UnhurriedLedger()
    budgets = RequestBudgets(ledger=ledger, clock=clock, daily_requests=20)
    outcomes = await asyncio.gather(
        *(budgets.take(HOME, Purpose.READ) for _ in range(25)), return_exceptions=True
    )
    assert sum(isinstance(outcome, BudgetSpent) for outcome in outcomes) == 5
    assert await ledger.slots(HOME, since=clock.now()) == [Slot(clock.now(), 20)]


async def test_a_restart_forgets_nothing(budgets, ledger, clock) -> None:
    await clock.advance(30)
    for _ in range(20):
        await budgets.take(HOME, Purpose.READ)
    await clock.advance(DAY)
    restarted = RequestBudgets(ledger=ledger, clock=clock, daily_requests=20)
    with pytest.raises(BudgetSpent):
        await restarted.take(HOME, Purpose.READ)
    await clock.advance(60)
    await restarted.take(HOME, Purpose.READ)


async def test_what_had_to_be_asked_is_counted_beyond_the_limit_too(budgets) -> None:
    for _ in range(21):
        await budgets.record(HOME)
    with pytest.raises(BudgetSpent):
        await budgets.take(HOME, Purpose.READ)


async def test_the_ledger_drops_what_no_longer_matters(budgets, ledger, clock) -> None:
    start = clock.now()
    await budgets.take(HOME, Purpose.READ)
    await clock.advance(DAY + 120)
    await budgets.take(HOME, Purpose.READ)
    assert await ledger.slots(HOME, since=start) == [Slot(start + timedelta(seconds=DAY + 120), 1)]


async def test_without_a_limit_the_ledger_stays_empty(ledger, clock) -> None:
    budgets = RequestBudgets(ledger=ledger, clock=clock, daily_requests=0)
    await budgets.take(HOME, Purpose.STREAM)
    assert not budgets.have_limit
    assert await budgets.slow_down_seconds(HOME) == 0.0
    assert await ledger.slots(HOME, since=clock.now()) == []


async def test_what_is_left_and_spent_is_told(budgets, clock) -> None:
    assert budgets.left(HOME) is None
    assert await budgets.status(HOME) == BudgetStatus(daily_requests=20, spent=0, left=20)
    for _ in range(3):
        await budgets.take(HOME, Purpose.READ)
    assert await budgets.status(HOME) == BudgetStatus(daily_requests=20, spent=3, left=17)
    assert budgets.left(HOME) == 17
    unlimited = RequestBudgets(ledger=InMemoryRequestLedger(), clock=clock, daily_requests=0)
    assert await unlimited.status(HOME) == BudgetStatus(daily_requests=0, spent=0, left=None)
