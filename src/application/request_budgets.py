"""Every account's request budget, in memory and in the ledger."""

import asyncio
from collections import defaultdict

from application.ports.clock import Clock
from application.ports.request_ledger import RequestLedger
from domain.emporia import AccountId
from domain.request_budget import SLOT, WINDOW, Purpose, RequestBudget, Slot


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

    async def record(self, account: AccountId) -> None:
        """Count a request that had to be made to learn whose budget it burdens."""
        async with self._locks[account]:
            budget = await self._budget(account)
            await self._keep(account, budget.record(self._clock.now()))

    async def poll_interval_seconds(self, account: AccountId) -> float:
        """The pace at which the account's sample may be renewed for now."""
        async with self._locks[account]:
            return (await self._budget(account)).poll_interval_seconds(self._clock.now())

    async def _budget(self, account: AccountId) -> RequestBudget:
        if account not in self._budgets:
            since = self._clock.now() - WINDOW - SLOT
            slots = await self._ledger.slots(account, since=since)
            self._budgets[account] = RequestBudget(self._daily_requests, slots)
        return self._budgets[account]

    async def _keep(self, account: AccountId, slot: Slot | None) -> None:
        if slot is not None:
            await self._ledger.keep(account, slot, forget_before=slot.start - WINDOW - SLOT)
