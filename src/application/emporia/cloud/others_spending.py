"""Lets budgets know what other nodes have spent, without asking for it with each request."""

from datetime import datetime

from application.ports.clock import Clock
from application.ports.emporia.requests_of_others import RequestsOfOthers
from domain.emporia.cloud.budget_shares import WINDOW
from domain.emporia.cloud.request_budget import SLOT, RequestBudget
from domain.emporia.links import AccountId

SHORTEST_SECONDS = 5.0
LONGEST_SECONDS = 40.0
"""Nodes that leave an account alone are asked about less and less."""

OVERLAP = 2 * SLOT
"""Minutes that may have grown since they were read, by clocks that are nearly right."""


class OthersSpending:
    """Reads all of a day once, and then what is new."""

    def __init__(self, others: RequestsOfOthers, clock: Clock) -> None:
        self._others = others
        self._clock = clock
        self._read_at: dict[AccountId, datetime] = {}
        self._pauses: dict[AccountId, float] = {}
        self._due_at: dict[AccountId, float] = {}

    async def tell(self, account: AccountId, budget: RequestBudget) -> None:
        """Have the budget know; raises StorageUnavailable.

        Whoever comes while that is read goes on with what was known before.
        """
        now = self._clock.monotonic()
        if now < self._due_at.get(account, now):
            return
        pause = self._pauses.get(account, SHORTEST_SECONDS / 2)
        self._due_at[account] = now + pause
        began = self._clock.now()
        since = self._read_at.get(account, began - WINDOW) - OVERLAP
        try:
            told = await self._others.slots(account, since=since)
        except BaseException:
            del self._due_at[account]
            raise
        self._read_at[account] = began
        is_news = budget.follow_others(told, since=since)
        pause = SHORTEST_SECONDS if is_news else min(2 * pause, LONGEST_SECONDS)
        self._pauses[account], self._due_at[account] = pause, now + pause
