"""What joins this process with others; nothing of it is loaded where NATS_URL names no server."""

from secrets import token_hex
from typing import TYPE_CHECKING

from application.ports.nodes import NodeId
from entrypoints.composition.resources import Resources, owned
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from adapters.nats.connection import NatsConnection

NODE_ID_BYTES = 5


def new_node_id() -> NodeId:
    """A name for this process that no other has."""
    return NodeId(token_hex(NODE_ID_BYTES))


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
