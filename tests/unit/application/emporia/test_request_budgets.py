import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from adapters.fake.clock import ManualClock
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.memory.leases import OnlyNode
from application.emporia.cloud.request_budgets import EARLIEST, BudgetStatus, RequestBudgets
from application.ports.emporia.leases import Fence
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId
from domain.errors import BudgetSpent, StorageBusy

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
    return RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)


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
    budgets = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
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
    restarted = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
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
    budgets = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=0)
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
    unlimited = RequestBudgets(
        ledger=InMemoryRequestLedger(), leases=OnlyNode(), clock=clock, daily_requests=0
    )
    assert await unlimited.status(HOME) == BudgetStatus(daily_requests=0, spent=0, left=None)


async def test_a_request_that_cant_be_kept_does_not_leave_and_does_not_count(
    budgets, ledger, clock
) -> None:
    await budgets.take(HOME, Purpose.READ)
    ledger.failure = StorageBusy()
    with pytest.raises(StorageBusy):
        await budgets.take(HOME, Purpose.READ)
    assert budgets.left(HOME) == 19
    ledger.failure = None
    await budgets.take(HOME, Purpose.READ)
    assert await ledger.slots(HOME, since=clock.now()) == [Slot(clock.now(), 2)]


async def test_nobody_waits_behind_another_requests_ledger(clock) -> None:
    class LockedLedger(InMemoryRequestLedger):
        """Fails after two seconds, as a locked database does."""

        async def keep(self, *_, **__) -> None:
            await clock.sleep(2)
            raise StorageBusy

    budgets = RequestBudgets(
        ledger=LockedLedger(), leases=OnlyNode(), clock=clock, daily_requests=200
    )
    takes = [asyncio.create_task(budgets.take(HOME, Purpose.READ)) for _ in range(50)]
    await clock.advance(2)
    assert all(take.done() for take in takes)
    outcomes = await asyncio.gather(*takes, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StorageBusy}
    assert (await budgets.status(HOME)).spent == 0


@pytest.mark.parametrize("hours", [25, -2, 24 * 365])
async def test_a_clock_that_is_set_and_set_back_loses_no_request_not_even_at_a_restart(
    budgets, ledger, clock, hours
) -> None:
    for _ in range(12):
        await budgets.take(HOME, Purpose.READ)
    clock.set_by(timedelta(hours=hours))
    assert budgets.left(HOME) == 8
    await budgets.take(HOME, Purpose.READ)
    clock.set_by(-timedelta(hours=hours))
    await budgets.take(HOME, Purpose.READ)
    restarted = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    assert (await budgets.status(HOME)).spent == (await restarted.status(HOME)).spent == 14
    await clock.advance(DAY + 120)
    assert (await budgets.status(HOME)).spent == 0


async def test_a_start_with_the_clock_far_ahead_loses_no_request(ledger, clock) -> None:
    before = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    for _ in range(12):
        await before.take(HOME, Purpose.READ)
    clock.set_by(timedelta(days=365))
    ahead = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    assert (await ahead.status(HOME)).spent == 0
    await ahead.take(HOME, Purpose.READ)
    restarted = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    await restarted.take(HOME, Purpose.READ)
    clock.set_by(-timedelta(days=365))
    right = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    assert (await ahead.status(HOME)).spent == 13
    assert (await restarted.status(HOME)).spent == (await right.status(HOME)).spent == 14
    await clock.advance(DAY + 120)
    for each in (restarted, right):
        assert (await each.status(HOME)).spent == 0
        await each.take(HOME, Purpose.READ)
    assert [slot.requests for slot in await ledger.slots(HOME, since=EARLIEST)] == [1]


async def test_a_start_with_the_clock_far_ahead_fills_no_more_than_a_day(ledger, clock) -> None:
    clock.set_by(timedelta(days=365))
    ahead = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    for _ in range(20):
        await ahead.take(HOME, Purpose.READ)
    clock.set_by(-timedelta(days=365))
    restarted = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    assert (await restarted.status(HOME)).spent == 20
    await clock.advance(DAY + 120)
    again = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    assert (await again.status(HOME)).spent == 0
    await restarted.close()


class SlowLedger(InMemoryRequestLedger):
    """Holds up what it is to keep until told; it may be kept although nobody waits any more."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = asyncio.Event()
        self.keeps_first = False

    async def keep(
        self,
        account: AccountId,
        slot: Slot,
        *,
        forget_before: datetime,
        fence: Fence | None = None,
    ) -> None:
        if self.keeps_first:
            await super().keep(account, slot, forget_before=forget_before, fence=fence)
        await self.may_end.wait()
        await super().keep(account, slot, forget_before=forget_before, fence=fence)


@pytest.mark.parametrize("keeps_first", [False, True], ids=["before it is kept", "after"])
async def test_a_caller_who_gives_up_before_the_request_leaves_costs_nothing(
    clock, keeps_first
) -> None:
    ledger = SlowLedger()
    ledger.keeps_first = keeps_first
    budgets = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    impatient = asyncio.create_task(budgets.take(HOME, Purpose.READ))
    await clock.settle()
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    ledger.may_end.set()
    assert (await budgets.status(HOME)).spent == 0
    restarted = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    assert (await restarted.status(HOME)).spent == 0


async def test_a_request_that_has_left_counts_although_its_caller_gives_up(clock) -> None:
    ledger = SlowLedger()
    budgets = RequestBudgets(ledger=ledger, leases=OnlyNode(), clock=clock, daily_requests=20)
    impatient = asyncio.create_task(budgets.record(HOME))
    await clock.settle()
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    assert (await budgets.status(HOME)).spent == 1
