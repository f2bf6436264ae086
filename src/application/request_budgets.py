"""Every account's request budget, in memory and in the ledger."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.request_ledger import RequestLedger
from domain.emporia import AccountId
from domain.pacing import poll_pause_seconds
from domain.request_budget import SLOT, WINDOW, Purpose, RequestBudget, Slot
from domain.usage import Scale


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

    async def record(self, account: AccountId) -> None:
        """Count a request that had to be made to learn whose budget it burdens."""
        async with self._locks[account]:
            budget = await self._budget(account)
            await self._keep(account, budget.record(self._clock.now()))

    async def poll_pause_seconds(
        self, account: AccountId, scale: Scale, *, unchanged_polls: int
    ) -> float:
        """The pause between two polls at this scale; a second where there is no limit to keep."""
        async with self._locks[account]:
            budget = await self._budget(account)
            return poll_pause_seconds(
                scale if budget.limit else Scale.SECOND,
                unchanged_polls=unchanged_polls,
                slow_down_seconds=budget.slow_down_seconds(self._clock.now()),
            )

    async def status(self, account: AccountId) -> BudgetStatus:
        """How the account's budget stands."""
        async with self._locks[account]:
            budget, now = await self._budget(account), self._clock.now()
            return BudgetStatus(
                daily_requests=budget.limit, spent=budget.spent(now), left=budget.left(now)
            )

    async def _budget(self, account: AccountId) -> RequestBudget:
        if account not in self._budgets:
            since = self._clock.now() - WINDOW - SLOT
            slots = await self._ledger.slots(account, since=since)
            self._budgets[account] = RequestBudget(self._daily_requests, slots)
        return self._budgets[account]

    async def _keep(self, account: AccountId, slot: Slot | None) -> None:
        if slot is not None:
            await self._ledger.keep(account, slot, forget_before=slot.start - WINDOW - SLOT)
