"""Several gateways in one process, joined as a network would join them; a test cuts it at will."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from application.live.feed.subscription import FeedKey
from application.ports.live.sample_exchange import ExchangeEar, LiveNews, SampleExchange
from application.ports.nodes import Node, NodeId, Nodes
from domain.emporia.links import AccountId


@dataclass(slots=True)
class JoinedExchanges:
    """What joins them. A node in `cut_off` neither hears nor is heard."""

    members: dict[NodeId, "JoinedExchange"] = field(default_factory=dict)
    cut_off: set[NodeId] = field(default_factory=set)

    def node(self, name: str) -> "JoinedExchange":
        """A node that takes part."""
        member = self.members[NodeId(name)] = JoinedExchange(self, NodeId(name))
        return member

    def free(self, account: AccountId) -> None:
        """Let all know that whoever polled the account has let go of it."""
        for member in self.members.values():
            if member.is_open and member.ear is not None:
                member.ear.freed(account)


@dataclass(slots=True)
class JoinedExchange(SampleExchange, Nodes):
    """One node's side. `told` and `asked` count what it has said."""

    joined: JoinedExchanges
    own_id: NodeId
    ear: ExchangeEar | None = None
    followed: set[FeedKey] = field(default_factory=set)
    told: int = 0
    asked: int = 0

    @property
    def is_open(self) -> bool:
        return self.own_id not in self.joined.cut_off

    def connect(self, ear: ExchangeEar) -> None:
        self.ear = ear

    def tell(self, news: LiveNews) -> None:
        self.told += 1
        for other in self._others():
            if news.key in other.followed and other.ear is not None:
                other.ear.told(news)

    def want(self, keys: Collection[FeedKey]) -> None:
        for other in self._others():
            if other.ear is not None:
                other.ear.wanted(keys)

    async def ask(self, key: FeedKey) -> LiveNews | None:
        self.asked += 1
        for other in self._others():
            news = await other.ear.asked(key) if other.ear is not None else None
            if news is not None:
                return news
        return None

    async def follow(self, key: FeedKey) -> None:
        self.followed.add(key)

    async def unfollow(self, key: FeedKey) -> None:
        self.followed.discard(key)

    def is_there(self, node: NodeId) -> bool:
        return node == self.own_id or any(other.own_id == node for other in self._others())

    def all(self) -> Sequence[Node]:
        there = sorted([self.own_id, *(other.own_id for other in self._others())])
        return [Node(id=each, address="", version="") for each in there]

    def _others(self) -> list["JoinedExchange"]:
        if not self.is_open:
            return []
        return [
            other for other in self.joined.members.values() if other is not self and other.is_open
        ]
