"""Costs that a test has set."""

from application.ports.billing.cost_board import CostBoard, HomeCosts
from domain.accounts.users import UserId
from domain.emporia.links import AccountId


class ScriptedCostBoard(CostBoard):
    """Tells what is set for each user, and counts how often it is asked."""

    def __init__(self) -> None:
        self.costs: dict[UserId, HomeCosts] = {}
        self.asked = 0

    def told(self, user_id: UserId, account: AccountId) -> HomeCosts | None:
        self.asked += 1
        return self.costs.get(user_id)
