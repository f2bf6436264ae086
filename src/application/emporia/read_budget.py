"""How much of the day's requests to Emporia is left."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.emporia.request_budgets import BudgetStatus, RequestBudgets
from application.ports.emporia_links import EmporiaLinkRepository
from domain.errors import NotLinked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBudget:
    """Tells a caller how the budget of their Emporia account stands."""

    links: EmporiaLinkRepository
    budgets: RequestBudgets

    async def __call__(self, caller: Caller) -> BudgetStatus:
        """Raises NotLinked; a link that is dead has a budget all the same."""
        link = await self.links.of_user(caller.user.id)
        if link is None:
            raise NotLinked
        return await self.budgets.status(link.account)
