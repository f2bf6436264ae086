"""Several nodes on one storage and one cloud, joined in this process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.fake.emporia.leases import SharedLeases
from adapters.fake.live.sample_exchange import JoinedExchanges
from application.ports.nodes import NodeId
from domain.emporia.links import AccountId


@dataclass(slots=True)
class Cluster:
    """The nodes by their names, and what joins them."""

    make_world: Callable[..., Any]
    place: Callable[..., Any]
    leases: SharedLeases = field(default_factory=SharedLeases)
    joined: JoinedExchanges = field(default_factory=JoinedExchanges)
    nodes: dict[str, Any] = field(default_factory=dict)

    def node(self, name: str, **settings: Any) -> Any:
        """A further node."""
        beside = next(iter(self.nodes.values()), None)
        place = self.place(leases=self.leases.node(name), exchange=self.joined.node(name))
        world = self.make_world(beside=beside, place=place, **settings)
        world.place = place
        self.nodes[name] = world
        return world

    async def kill(self, name: str) -> None:
        """Let a node end without a word: it is heard no more, and its leases are still there."""
        world = self.nodes.pop(name)
        self.joined.cut_off.add(NodeId(name))
        await world.shut_down()

    async def hand_over(self, name: str) -> None:
        """Let a node stop as it is meant to."""
        held = [each for each, (node, _) in self.leases.holders.items() if node == name]
        await self.nodes[name].place.leases.hand_over()
        for account in held:
            self.joined.free(account)

    def expire(self, account: AccountId) -> None:
        """Let the account's lease be over."""
        self.leases.take_away(account)


@pytest.fixture
def cluster(make_world: Callable[..., Any], place: Callable[..., Any]) -> Cluster:
    """No node yet."""
    return Cluster(make_world, place)
