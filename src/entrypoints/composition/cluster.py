"""What joins this process with others; nothing of it is loaded where NATS_URL names no server."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from adapters.memory.leases import OnlyNode
from adapters.memory.nodes import NoOtherNodes
from application.ports.clock import Clock
from application.ports.emporia.fences import Fences
from application.ports.emporia.leases import Leases
from application.ports.emporia.renewal_turns import RenewalTurns
from application.ports.nodes import Node, NodeId, Nodes
from domain.histogram import Histogram
from entrypoints.composition.resources import Resources, owned
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from adapters.nats.connection import NatsConnection
    from adapters.nats.lease_bucket import LeaseBucket
    from adapters.nats.leases import NatsLeases
    from adapters.nats.nodes import NatsNodes
    from entrypoints.composition.among_nodes import AmongNodes

LEAVING_SECONDS = 2.0
NODE_ID_BYTES = 5
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  # names, no binding


def new_node_id() -> NodeId:
    """A name for this process that no other has."""
    return NodeId(token_hex(NODE_ID_BYTES))


@dataclass(slots=True)
class Vitals:
    """What a node tells of itself, by whoever knows it."""

    leases: Callable[[], int] = int
    streams: Callable[[], int] = int
    lag_seconds: Callable[[], float] = float
    is_stopping: Callable[[], bool] = bool


def nats_connection(
    resources: Resources, settings: Settings, node_id: NodeId
) -> "NatsConnection | None":
    """The connection to NATS, not yet open; None where no server is named."""
    if not settings.nats_url:
        return None
    from adapters.nats.connection import NatsConnection

    return owned(
        resources,
        NatsConnection,
        settings.nats_url,
        token=settings.nats_token,
        name=f"emporia-api {node_id}",
    )


def lease_bucket(
    nats: "NatsConnection | None", settings: Settings, node_id: NodeId, clock: Clock
) -> "LeaseBucket | None":
    """Where nodes agree on who has what; None where there is one."""
    if nats is None:
        return None
    from adapters.nats.lease_bucket import LeaseBucket

    return LeaseBucket(nats, node_id=node_id, clock=clock, seconds=settings.lease_seconds)


def leases(
    resources: Resources,
    bucket: "LeaseBucket | None",
    fences: Fences | None,
    clock: Clock,
    vitals: Vitals,
) -> Leases:
    """Which accounts are this node's."""
    if bucket is None or fences is None:
        return OnlyNode()
    from adapters.nats.leases import NatsLeases

    made: NatsLeases = owned(resources, NatsLeases, bucket, fences=fences, clock=clock)
    vitals.leases = lambda: made.held
    return made


def renewal_turns(bucket: "LeaseBucket | None") -> RenewalTurns:
    """Whose turn it is to renew a link."""
    if bucket is None:
        return OnlyNode()
    from adapters.nats.renewal_turns import NatsRenewalTurns

    return NatsRenewalTurns(bucket)


def nodes(
    nats: "NatsConnection | None",
    settings: Settings,
    node_id: NodeId,
    clock: Clock,
    vitals: Vitals,
) -> Nodes:
    """Who else is there."""
    host = socket.gethostname() if settings.host in EVERY_ADDRESS else settings.host
    own_version = version("emporia-energy-api")

    def tell() -> Node:
        return Node(
            id=node_id,
            address=f"{host}:{settings.port}",
            version=own_version,
            leases=vitals.leases(),
            streams=vitals.streams(),
            lag_seconds=vitals.lag_seconds(),
            is_stopping=vitals.is_stopping(),
        )

    if nats is None:
        return NoOtherNodes(tell())
    from adapters.nats.nodes import NatsNodes

    return NatsNodes(nats, tell=tell, clock=clock)


class LatestLag:
    """How late ticks were on average since the last time it was asked for."""

    def __init__(self, lag: Histogram) -> None:
        self._lag = lag
        self._before = 0, 0.0

    def __call__(self) -> float:
        count, total = sum(self._lag.counts), self._lag.total
        (count_before, total_before), self._before = self._before, (count, total)
        ticks = count - count_before
        return (total - total_before) / ticks if ticks else 0.0


@dataclass(frozen=True, slots=True)
class Membership:
    """What runs for as long as this node is one of many; `leave` before anybody else closes."""

    connection: "NatsConnection"
    bucket: "LeaseBucket"
    leases: "NatsLeases"
    nodes: "NatsNodes"
    live: "AmongNodes"
    vitals: Vitals

    async def join(self) -> None:
        """Be one of them; raises NatsAway or LeaseSecondsDiffer."""
        await self.connection.open()
        await self.bucket.open()
        await self.nodes.open()
        await self.live.open()

    def works(self) -> Sequence[Coroutine[Any, Any, None]]:
        """What goes on until it is cancelled."""
        return self.bucket.run(), self.leases.run(), self.nodes.run(), *self.live.works()

    async def leave(self) -> None:
        """Hand all over, and say so: others have it at once. Never raises.

        What nobody takes over within seconds, because NATS is away, ends with its leases.
        """
        self.vitals.is_stopping = lambda: True
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVING_SECONDS):
                await self.nodes.beat()
                await self.leases.hand_over()
