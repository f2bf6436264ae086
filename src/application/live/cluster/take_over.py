"""Whose node is gone: this one tries to poll in its place."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from application.live.cluster.relay import Relay
from application.ports.emporia.leases import Leases
from application.ports.live.sample_exchange import SampleExchange
from application.ports.nodes import NodeId, Nodes
from domain.emporia.links import AccountId

PROBES = 8
"""How many accounts of a node that is gone are tried at each step: more would be in each other's
way, and in that of the server which has to let their leases end."""


@dataclass(slots=True, kw_only=True, eq=False)
class TakeOver:
    """Tries at each step those that nobody polls; `taken` is told of each that this node has."""

    leases: Leases
    exchange: SampleExchange
    nodes: Nodes
    taken: Callable[[AccountId], None]
    turn: int = 0

    async def __call__(self, following: Collection[Relay]) -> None:
        """Try once, of those who follow a node that is gone, or none."""
        free: set[AccountId] = set()
        lost: defaultdict[NodeId, set[AccountId]] = defaultdict(set)
        wanted = []
        for relay in following:
            if relay.node is None:
                free.add(relay.account)
            elif not self.nodes.is_there(relay.node):
                lost[relay.node].add(relay.account)
            else:
                continue
            wanted.append(relay.key)
        if wanted:
            # Whoever is quicker has to know at once what is watched here.
            self.exchange.want(wanted)
            await asyncio.gather(
                self._try(free), *(self._try_some(accounts) for accounts in lost.values())
            )

    async def _try_some(self, accounts: Collection[AccountId]) -> None:
        """Those of one node end together: a few tell whether it is worth it for the others."""
        turned = deque(sorted(accounts))
        turned.rotate(self.turn)
        self.turn += PROBES
        probes = [turned.popleft() for _ in range(min(PROBES, len(turned)))]
        if any(await self._try(probes)):
            await self._try(turned)

    async def _try(self, accounts: Collection[AccountId]) -> Sequence[bool]:
        return await asyncio.gather(*(self._take(account) for account in accounts))

    async def _take(self, account: AccountId) -> bool:
        is_held = await self.leases.hold(account)
        if is_held:
            self.taken(account)
        return is_held
