"""A cluster within one process: nodes that hold accounts, and lose them when a test says so."""

from dataclasses import dataclass, field

from application.ports.emporia.fences import Fences, Loser
from application.ports.emporia.leases import Fence, Leases
from application.ports.emporia.renewal_turns import RenewalTurns
from application.ports.nodes import NodeId
from domain.accounts.users import UserId
from domain.emporia.links import AccountId


@dataclass(slots=True)
class InMemoryFences(Fences):
    """The newest fences, and whether the storage is away."""

    newest: dict[AccountId, Fence] = field(default_factory=dict)
    failure: Exception | None = None
    losers: list[Loser] = field(default_factory=list)

    async def claim(self, account: AccountId, fence: Fence) -> bool:
        if self.failure is not None:
            raise self.failure
        if fence <= self.newest.get(account, -1):
            return False
        self.newest[account] = fence
        return True

    def on_lost(self, loser: Loser) -> None:
        self.losers.append(loser)

    def refuse(self, account: AccountId, fence: Fence) -> None:
        """Refuse a write under this fence."""
        for loser in self.losers:
            loser(account, fence)


@dataclass(slots=True)
class SharedLeases:
    """Who holds which account, and whose turn it is to renew which link."""

    holders: dict[AccountId, tuple[NodeId, Fence]] = field(default_factory=dict)
    turns: dict[UserId, NodeId] = field(default_factory=dict)
    fences_given: int = 0

    def node(self, name: str) -> "OneOfMany":
        """A node of the cluster."""
        return OneOfMany(self, NodeId(name))

    def take_away(self, account: AccountId) -> None:
        """End the account's lease, as its time being over does."""
        self.holders.pop(account, None)


@dataclass(slots=True)
class OneOfMany(Leases, RenewalTurns):
    """What one node has of what they share."""

    shared: SharedLeases
    name: NodeId

    def fence(self, account: AccountId) -> Fence | None:
        holder, fence = self.shared.holders.get(account, (None, None))
        return fence if holder == self.name else None

    async def hold(self, account: AccountId) -> bool:
        if account not in self.shared.holders:
            self.shared.fences_given += 1
            self.shared.holders[account] = self.name, Fence(self.shared.fences_given)
        return self.fence(account) is not None

    async def begin(self, user_id: UserId) -> bool:
        return self.shared.turns.setdefault(user_id, self.name) == self.name

    async def end(self, user_id: UserId) -> None:
        if self.shared.turns.get(user_id) == self.name:
            del self.shared.turns[user_id]

    async def hand_over(self) -> None:
        """Let all go that this node holds."""
        for account, (holder, _) in tuple(self.shared.holders.items()):
            if holder == self.name:
                self.shared.take_away(account)
