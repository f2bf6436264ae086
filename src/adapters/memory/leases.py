"""The leases of a node that is alone on its storage: it has them all."""

from application.ports.emporia.leases import Fence, Leases
from application.ports.emporia.renewal_turns import RenewalTurns
from domain.accounts.users import UserId
from domain.emporia.links import AccountId

ALWAYS = Fence(0)
"""Of a lease that nobody else can take."""


class OnlyNode(Leases, RenewalTurns):
    """Holds every account, and has every turn."""

    def fence(self, account: AccountId) -> Fence | None:  # noqa: ARG002
        return ALWAYS

    async def hold(self, account: AccountId) -> bool:  # noqa: ARG002
        return True

    async def begin(self, user_id: UserId) -> bool:  # noqa: ARG002
        return True

    async def end(self, user_id: UserId) -> None:
        pass
