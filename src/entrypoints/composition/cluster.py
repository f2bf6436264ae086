"""What joins this process with others; nothing of it is loaded where NATS_URL names no server."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from secrets import token_hex
from typing import TYPE_CHECKING

from adapters.memory.leases import OnlyNode
from adapters.memory.nodes import NoOtherNodes
from adapters.security.fingerprints import fingerprints
from application.ports.clock import Clock
from application.ports.emporia.fences import Fences
from application.ports.emporia.leases import Leases
from application.ports.emporia.renewal_turns import RenewalTurns
from application.ports.nodes import Node, NodeId, Nodes
from entrypoints.composition.resources import Resources, owned
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from adapters.nats.connection import NatsConnection
    from adapters.nats.lease_bucket import LeaseBucket

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
    own_version = "" if nats is None else version("emporia-energy-api")
    signed_with = fingerprints(settings.token_secrets)
    sealed_with = fingerprints(settings.sealing_keys)

    def tell() -> Node:
        return Node(
            id=node_id,
            address=f"{host}:{settings.port}",
            version=own_version,
            leases=vitals.leases(),
            streams=vitals.streams(),
            lag_seconds=vitals.lag_seconds(),
            is_stopping=vitals.is_stopping(),
            token_secrets=signed_with,
            sealing_keys=sealed_with,
        )

    if nats is None:
        return NoOtherNodes(tell())
    from adapters.nats.nodes import NatsNodes

    return NatsNodes(nats, tell=tell, clock=clock)
