"""The beats of nodes: each tells twice a second that it is there, and how it does."""

import logging
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from nats.aio.msg import Msg

from adapters.nats.connection import UNREADABLE, NatsConnection
from application.ports.clock import Clock
from application.ports.nodes import Node, NodeId, Nodes

BEAT_SECONDS = 0.5
SILENT_SECONDS = 1.0
"""After how long without a beat a node counts as gone."""

MOST_BYTES = 4096
PREFIX = "node."

Gone = Callable[[NodeId], Awaitable[None]]

logger = logging.getLogger(__name__)


class NatsNodes(Nodes):
    """Tells of itself, and remembers what others told; whose beats stop is soon forgotten."""

    def __init__(
        self, connection: NatsConnection, *, tell: Callable[[], Node], clock: Clock
    ) -> None:
        self._connection = connection
        self._tell = tell
        self._clock = clock
        self._own_id = tell().id
        self._heard: dict[NodeId, tuple[Node, float]] = {}
        self._gone: list[Gone] = []

    @property
    def own_id(self) -> NodeId:
        return self._own_id

    def is_there(self, node: NodeId) -> bool:
        if node == self._own_id:
            return True
        told, heard_at = self._heard.get(node, (None, 0.0))
        if told is None or told.is_stopping:
            return False
        return self._clock.monotonic() - heard_at <= SILENT_SECONDS

    def all(self) -> Sequence[Node]:
        others = [node for node, _ in self._heard.values() if self.is_there(node.id)]
        return sorted([self._tell(), *others], key=lambda node: node.id)

    def when_gone(self, listener: Gone) -> None:
        """Have this awaited with each node that stops, or whose beats stop."""
        self._gone.append(listener)

    async def open(self) -> None:
        """Hear the others from now on."""
        await self._connection.subscribe(f"{PREFIX}*", self._hear)

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            await self.beat()
            await self._forget_the_silent()
            await self._clock.sleep(BEAT_SECONDS)

    async def beat(self) -> None:
        """Tell the others once."""
        await self._connection.publish(
            f"{PREFIX}{self._own_id}", msgspec.msgpack.encode(self._tell())
        )

    async def _hear(self, message: Msg) -> None:
        if len(message.data) > MOST_BYTES:
            return
        try:
            node = msgspec.msgpack.decode(message.data, type=Node)
        except UNREADABLE:
            return  # a node of another version, perhaps
        if node.id == self._own_id:
            return
        was_there = self.is_there(node.id)
        if not was_there and (names := self._tell().secrets_unlike(node)):
            logger.warning(
                "node %r at %r has other %s: what one of us signs or seals, the other can't read",
                node.id,
                node.address,
                " and ".join(names),
            )
        self._heard[node.id] = node, self._clock.monotonic()
        if was_there and node.is_stopping:
            await self._say_gone(node.id)

    async def _forget_the_silent(self) -> None:
        """Not while NATS is away: then all are silent, and nobody is known to be gone."""
        if not self._connection.connected:
            return
        for node, (told, _) in tuple(self._heard.items()):
            if not self.is_there(node):
                del self._heard[node]
                if not told.is_stopping:
                    await self._say_gone(node)

    async def _say_gone(self, node: NodeId) -> None:
        for listener in self._gone:
            await listener(node)
