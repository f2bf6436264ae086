"""A look at all nodes from outside, by somebody who is none of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import msgspec
from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError
from nats.js.errors import BucketNotFoundError, ServiceUnavailableError
from nats.js.kv import KV_DEL, KeyValue

from adapters.nats.connection import UNREADABLE, NatsAway, NatsConnection
from adapters.nats.lease_bucket import ANSWER_SECONDS, BUCKET, NoJetStream
from adapters.nats.leases import PREFIX as ACCOUNTS
from adapters.nats.nodes import BEAT_SECONDS
from adapters.nats.nodes import PREFIX as NODES
from application.ports.cluster_seen import ClusterSeen, HeldAccount
from application.ports.nodes import Node, NodeId
from domain.emporia.links import AccountId

LISTENING_SECONDS = 2.5 * BEAT_SECONDS
"""Every node that is there beats twice meanwhile."""


async def look(servers: Sequence[str], *, token: str) -> ClusterSeen:
    """Listen to the nodes' beats, and read who holds what; raises NatsAway or NoJetStream."""
    connection = NatsConnection(servers, token=token, name="emporia-api cluster status")
    await connection.open()
    try:
        nodes, held = await asyncio.gather(_heard(connection), _held(connection))
    except (Error, OSError, TimeoutError):
        raise NatsAway from None
    finally:
        await connection.close()
    return ClusterSeen(nodes=nodes, held=held)


async def _heard(connection: NatsConnection) -> list[Node]:
    heard: dict[NodeId, Node] = {}

    async def hear(message: Msg) -> None:
        try:
            node = msgspec.msgpack.decode(message.data, type=Node)
        except UNREADABLE:
            return  # of another version, perhaps
        heard[node.id] = node

    await connection.subscribe(f"{NODES}*", hear)
    await asyncio.sleep(LISTENING_SECONDS)
    return sorted(heard.values(), key=lambda node: (node.address, node.id))


async def _held(connection: NatsConnection) -> list[HeldAccount]:
    try:
        bucket = await connection.client.jetstream(timeout=ANSWER_SECONDS).key_value(BUCKET)
    except BucketNotFoundError:
        return []  # no node was ever there
    except (NoRespondersError, ServiceUnavailableError):
        raise NoJetStream from None
    watcher = await bucket.watch(f"{ACCOUNTS}*")
    held: dict[str, HeldAccount] = {}
    next_entry: Callable[[float], Awaitable[KeyValue.Entry | None]] = watcher.updates
    while (entry := await next_entry(ANSWER_SECONDS)) is not None:
        found = None if entry.operation == KV_DEL else _read(entry)
        if found is not None:
            held[entry.key] = found
    await watcher.stop()  # type: ignore[no-untyped-call]
    return sorted(held.values(), key=lambda each: each.account)


def _read(entry: KeyValue.Entry) -> HeldAccount | None:
    try:
        node, since = (entry.value or b"").decode().split()
        return HeldAccount(
            account=AccountId(int(entry.key.removeprefix(ACCOUNTS))),
            node=NodeId(node),
            since=datetime.fromtimestamp(int(since), UTC),
        )
    except (ValueError, OverflowError, OSError):
        return None
