"""Every account's request budget, in memory and in the ledger."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from application.emporia.cloud.others_spending import OthersSpending
from application.emporia.cloud.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia.leases import Fence, Leases
from application.ports.emporia.request_ledger import RequestLedger
from application.ports.emporia.requests_of_others import RequestsOfOthers
from domain.emporia.cloud.budget_shares import OF_THE_HOLDER, Purpose
from domain.emporia.cloud.request_budget import RequestBudget, Slot
from domain.emporia.errors import LeaseLost
from domain.emporia.links import AccountId

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStatus:
    """Requests in the 24 hours up to now; `daily_requests` 0 and `left` None mean no limit.

    `allows_replay` says whether the operator lets some of them go into true seconds.
    """

    daily_requests: int
    spent: int
    left: int | None
    allows_replay: bool = False


class RequestBudgets:
    """Counts each request before it leaves, so that not even a crash loses one.

    What is counted in memory waits for nobody; a caller waits for no more than its own request to
    be kept.
    """

    def __init__(
        self,
        *,
        ledger: RequestLedger,
        leases: Leases,
        clock: Clock,
        daily_requests: int,
        others: RequestsOfOthers | None = None,
    ) -> None:
        self._ledger = ledger
        self._leases = leases
        self._others = None if others is None else OthersSpending(others, clock)
        self._clock = clock
        self._daily_requests = daily_requests
        self._budgets: dict[AccountId, RequestBudget] = {}
        self._moved: set[AccountId] = set()
        self._loading: SingleFlight[RequestBudget] = SingleFlight()

    async def take(self, account: AccountId, purpose: Purpose) -> None:
        """Count a request that is about to leave; raises BudgetSpent when it may not.

        Where it can't be kept, or its caller gives up before it is, it must not leave and does not
        count: raises what the ledger does. Raises LeaseLost for what another node has to do.
        """
        fence = self._fence(account, purpose)
        budget = await self._shared_budget(account)
        slot = budget.take(purpose, self._clock.now())
        if slot is None:
            if fence:
                await self._ledger.confirm(account, fence)
            return
        try:
            await self._keep(account, budget, slot, fence)
        except asyncio.CancelledError:
            budget.undo(slot)
            # It may have been kept all the same; what is kept follows at the next request.
            self._moved.add(account)
            raise
        except Exception:
            budget.undo(slot)
            raise

    async def set_aside(self, account: AccountId, requests: int) -> None:
        """Keep so many requests a day for recording the account."""
        (await self._budget(account)).shares.set_aside(requests)

    async def require(self, account: AccountId, requests: int) -> None:
        """Raise BudgetSpent where so many reads do not fit, before the first of them is made."""
        (await self._shared_budget(account)).require(requests, self._clock.now())

    async def record(self, account: AccountId) -> None:
        """Count a request that had to be made to learn whose budget it burdens."""
        budget = await self._budget(account)
        await self._keep(account, budget, budget.record(self._clock.now()))

    @property
    def have_limit(self) -> bool:
        """Whether there is a limit to keep."""
        return self._daily_requests > 0

    async def slow_down_seconds(self, account: AccountId) -> float:
        """The least pause that the account's budget leaves between two polls of a stream."""
        return (await self._budget(account)).slow_down_seconds(self._clock.now())

    async def can_carry(self, account: AccountId, daily: float) -> bool:
        """Whether streams of the account may make so many requests a day, and one of them now."""
        return (await self._budget(account)).can_carry(daily, self._clock.now())

    async def status(self, account: AccountId) -> BudgetStatus:
        """How the account's budget stands."""
        budget, now = await self._shared_budget(account), self._clock.now()
        return BudgetStatus(
            daily_requests=budget.limit, spent=budget.spent(now), left=budget.left(now)
        )

    def left(self, account: AccountId) -> int | None:
        """What `status` says is left, for an account that requests were counted of."""
        budget = self._budgets.get(account)
        if budget is None:
            return None
        self._follow_clock(account, budget)
        return budget.left(self._clock.now())

    async def close(self) -> None:
        """Stop reading what was kept."""
        await self._loading.close()

    def all_left(self) -> dict[AccountId, int]:
        """What is left to each account asked for since the start; empty without a limit."""
        return {
            account: left for account in self._budgets if (left := self.left(account)) is not None
        }

    def _fence(self, account: AccountId, purpose: Purpose) -> Fence | None:
        if purpose not in OF_THE_HOLDER:
            return None
        fence = self._leases.fence(account)
        if fence is None:
            raise LeaseLost
        return fence

    async def _shared_budget(self, account: AccountId) -> RequestBudget:
        """The budget with what other nodes have spent of it until a few seconds ago."""
        budget = await self._budget(account)
        if self._others is not None:
            await self._others.tell(account, budget)
        return budget

    async def _budget(self, account: AccountId) -> RequestBudget:
        budget = self._budgets.get(account)
        if budget is None:
            budget = await self._loading(account, lambda: self._load(account))
        self._follow_clock(account, budget)
        if account in self._moved:
            await self._ledger.replace(account, budget.kept)
            self._moved.discard(account)
        return budget

    def _follow_clock(self, account: AccountId, budget: RequestBudget) -> None:
        if budget.follow_clock(self._clock.now(), monotonic=self._clock.monotonic()):
            self._moved.add(account)

    async def _load(self, account: AccountId) -> RequestBudget:
        # However old: a clock that is far ahead makes all of them look so.
        slots = await self._ledger.slots(account, since=EARLIEST)
        budget = RequestBudget(self._daily_requests, slots)
        if self._others is not None:
            await self._others.tell(account, budget)
        self._budgets[account] = budget
        return budget

    async def _keep(
        self,
        account: AccountId,
        budget: RequestBudget,
        slot: Slot,
        fence: Fence | None = None,
    ) -> None:
        await self._ledger.keep(account, slot, forget_before=budget.oldest_kept, fence=fence)
