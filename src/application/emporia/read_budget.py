"""How much of the day's requests to Emporia is left."""

from dataclasses import dataclass, replace

from application.accounts.access import Caller
from application.emporia.cloud.request_budgets import BudgetStatus, RequestBudgets
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.errors import NotLinked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBudget:
    """Tells a caller how the budget of their Emporia account stands."""

    links: EmporiaLinkRepository
    budgets: RequestBudgets
    allows_replay: bool = False

    async def __call__(self, caller: Caller) -> BudgetStatus:
        """Raises NotLinked; a link that is dead has a budget all the same."""
        link = await self.links.of_user(caller.user.id)
        if link is None:
            raise NotLinked
        status = await self.budgets.status(link.account)
        return replace(status, allows_replay=self.allows_replay)
