"""`cluster status`, with nodes, without, and where nobody can be asked."""

import asyncio
import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from adapters.fake.emporia.leases import InMemoryFences
from adapters.nats.connection import NatsConnection
from adapters.nats.lease_bucket import LeaseBucket
from adapters.nats.leases import NatsLeases
from adapters.nats.nodes import NatsNodes
from adapters.system.clock import SystemClock
from application.ports.nodes import Node, NodeId
from domain.emporia.links import AccountId
from tests.servers.nats import NatsServer, nats_server

SHARED = {
    "DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1:1/none",
    "TOKEN_SECRETS": "correct-horse-battery-staple-and-more",
    "SEALING_KEYS": base64.b64encode(bytes(32)).decode(),
}


@pytest.fixture
def server() -> Iterator[NatsServer]:
    with nats_server(token="pssst") as server:
        yield server


async def while_nodes_run(server: NatsServer, work):
    """What comes of it, while one node holds an account and another stops."""
    connection = NatsConnection([server.url], token="pssst")
    await connection.open()
    bucket = LeaseBucket(connection, node_id=NodeId("first"), clock=SystemClock(), seconds=3)
    await bucket.open()
    leases = NatsLeases(bucket, fences=InMemoryFences(), clock=SystemClock())
    for account in (4711, 12):
        assert await leases.hold(AccountId(account))
    told = [
        Node(id=NodeId("first"), address="one:3000", version="1.2", leases=2, lag_seconds=0.0123),
        Node(id=NodeId("second"), address="two:3000", version="1.3", is_stopping=True, streams=7),
    ]
    running = [asyncio.create_task(bucket.run())]
    for node in told:
        nodes = NatsNodes(connection, tell=partial(replace, node), clock=SystemClock())
        running.append(asyncio.create_task(nodes.run()))
    try:
        return await asyncio.to_thread(work)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await connection.close()


async def test_nodes_and_leases_are_shown_for_people(run, server: NatsServer) -> None:
    shown = await while_nodes_run(
        server,
        lambda: run("cluster", "status", NATS_URL=server.url, NATS_TOKEN="pssst", **SHARED),
    )

    assert shown.returncode == 0, shown.stderr
    nodes, _, leases = shown.stdout.partition("\n\n")
    assert [line.split() for line in nodes.splitlines()] == [
        ["node", "address", "version", "leases", "streams", "lag"],
        ["first", "one:3000", "1.2", "2", "0", "12.3", "ms"],
        ["second", "two:3000", "1.3", "0", "7", "0.0", "ms", "stopping"],
    ]
    assert [line.split()[:2] for line in leases.splitlines()] == [
        ["account", "node"],
        ["12", "first"],
        ["4711", "first"],
    ]


async def test_and_for_programs(run, server: NatsServer) -> None:
    shown = await while_nodes_run(
        server,
        lambda: run(
            "cluster", "status", "--json", NATS_URL=server.url, NATS_TOKEN="pssst", **SHARED
        ),
    )

    told = json.loads(shown.stdout)
    assert [node["id"] for node in told["nodes"]] == ["first", "second"]
    assert told["nodes"][0]["lagSeconds"] == 0.0123
    assert [(lease["account"], lease["node"]) for lease in told["leases"]] == [
        (12, "first"),
        (4711, "first"),
    ]
    assert all(0 <= lease["heldSeconds"] < 60 for lease in told["leases"])


def test_where_no_node_ever_was_there_is_none(run, server: NatsServer) -> None:
    shown = run("cluster", "status", NATS_URL=server.url, NATS_TOKEN="pssst", **SHARED)

    assert (shown.returncode, shown.stdout) == (0, "No node is there.\n")


def test_without_nats_there_is_one_node(run) -> None:
    shown = run("cluster", "status")

    assert shown.returncode == 1
    assert shown.stderr == (
        "Error: NATS_URL is not set: the gateway is one node, and holds every account.\n"
    )


def test_where_nats_is_away_a_sentence_says_so(run) -> None:
    shown = run("cluster", "status", NATS_URL="nats://127.0.0.1:9", **SHARED)

    assert shown.returncode == 1
    assert shown.stderr == (
        "Error: NATS_URL: no server of NATS answers there; start it, or set the address and "
        "NATS_TOKEN right.\n"
    )


def test_where_nats_keeps_nothing_a_sentence_says_what_to_change(run) -> None:
    with nats_server(keeps=False) as server:
        shown = run("cluster", "status", NATS_URL=server.url, **SHARED)

    assert shown.returncode == 1
    assert shown.stderr.startswith("Error: NATS_URL: the server keeps nothing; let it, by -js")
