"""Every account's request budget, in memory and in the ledger."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.request_ledger import RequestLedger
from domain.emporia.links import AccountId
from domain.emporia.request_budget import SLOT, WINDOW, Purpose, RequestBudget, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStatus:
    """Requests in the 24 hours up to now; `daily_requests` 0 and `left` None mean no limit."""

    daily_requests: int
    spent: int
    left: int | None


class RequestBudgets:
    """Counts each request before it leaves, so that not even a crash loses one."""

    def __init__(self, *, ledger: RequestLedger, clock: Clock, daily_requests: int) -> None:
        self._ledger = ledger
        self._clock = clock
        self._daily_requests = daily_requests
        self._budgets: dict[AccountId, RequestBudget] = {}
        self._locks: defaultdict[AccountId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def take(self, account: AccountId, purpose: Purpose) -> None:
        """Count a request that is about to leave; raises BudgetSpent when it may not."""
        async with self._locks[account]:
            budget = await self._budget(account)
            await self._keep(account, budget.take(purpose, self._clock.now()))

    async def require(self, account: AccountId, requests: int) -> None:
        """Raise BudgetSpent where so many reads do not fit, before the first of them is made."""
        async with self._locks[account]:
            (await self._budget(account)).require(requests, self._clock.now())

    async def record(self, account: AccountId) -> None:
        """Count a request that had to be made to learn whose budget it burdens."""
        async with self._locks[account]:
            budget = await self._budget(account)
            await self._keep(account, budget.record(self._clock.now()))

    @property
    def have_limit(self) -> bool:
        """Whether there is a limit to keep."""
        return self._daily_requests > 0

    async def slow_down_seconds(self, account: AccountId) -> float:
        """The least pause that the account's budget leaves between two polls of a stream."""
        async with self._locks[account]:
            return (await self._budget(account)).slow_down_seconds(self._clock.now())

    async def status(self, account: AccountId) -> BudgetStatus:
        """How the account's budget stands."""
        async with self._locks[account]:
            budget, now = await self._budget(account), self._clock.now()
            return BudgetStatus(
                daily_requests=budget.limit, spent=budget.spent(now), left=budget.left(now)
            )

    def left(self, account: AccountId) -> int | None:
        """What `status` says is left, for an account that requests were counted of."""
        budget = self._budgets.get(account)
        return None if budget is None else budget.left(self._clock.now())

    async def _budget(self, account: AccountId) -> RequestBudget:
        if account not in self._budgets:
            since = self._clock.now() - WINDOW - SLOT
            slots = await self._ledger.slots(account, since=since)
            self._budgets[account] = RequestBudget(self._daily_requests, slots)
        return self._budgets[account]

    async def _keep(self, account: AccountId, slot: Slot | None) -> None:
        if slot is not None:
            await self._ledger.keep(account, slot, forget_before=slot.start - WINDOW - SLOT)
