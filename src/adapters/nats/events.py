"""Events that others have to hear too: told here first, and then to every node."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from nats.aio.msg import Msg as Message

from adapters.memory.events import InProcessEvents
from adapters.nats.connection import UNREADABLE, NatsConnection
from adapters.nats.event_messages import decode, encode, travels
from application.ports.events import Events
from application.ports.nodes import NodeId
from application.ports.operations.foreign_changes import ForeignChanges
from domain.errors import StorageUnavailable
from domain.events import Event

SUBJECT = "events"

logger = logging.getLogger(__name__)

E = TypeVar("E", bound=Event)


class NatsEvents(Events):
    """Whatever travels is counted among the changes of the storage before it is told.

    A node that does not hear of it sees the count, and looks for itself. `changes` is asked for
    when it is needed: it stands on a storage that may not be open yet.
    """

    def __init__(
        self,
        here: InProcessEvents,
        connection: NatsConnection,
        *,
        node_id: NodeId,
        changes: Callable[[], ForeignChanges],
    ) -> None:
        self._here = here
        self._connection = connection
        self._node_id = node_id
        self._changes = changes

    async def open(self) -> None:
        """Hear the other nodes from now on."""
        await self._connection.subscribe(SUBJECT, self._hear)

    def subscribe(
        self, kind: type[E], listener: Callable[[E], Awaitable[None]], *, anywhere: bool = False
    ) -> None:
        self._here.subscribe(kind, listener, anywhere=anywhere)

    async def publish(self, event: Event) -> None:
        await self._here.publish(event)
        if travels(event):
            number = await self._count()
            told = encode(event, node=self._node_id, number=number)
            await self._connection.publish(SUBJECT, told)

    async def _count(self) -> int | None:
        try:
            return await self._changes().announce()
        except StorageUnavailable:
            # What has happened is told all the same: to those who hear NATS nothing is lost.
            return None

    async def _hear(self, message: Message) -> None:
        try:
            told, event = decode(message.data)
        except UNREADABLE:
            logger.warning("another node told something that can't be read")
            return  # it was counted, so that this node will look for itself
        if told.node == self._node_id:
            return
        if event is not None:
            await self._here.pass_on(event)
            if told.number is not None:
                self._changes().note(told.number)
