"""`cluster status`: which nodes are there, and which of them looks after which account."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from entrypoints.commands.configured import EXIT_CODES, configured
from entrypoints.watch.legible import legible

if TYPE_CHECKING:
    from application.ports.cluster_seen import ClusterSeen

NODES = ("node", "address", "version", "leases", "streams", "lag", "")
LEASES = ("account", "node", "held for")


@click.command(epilog=EXIT_CODES)
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON document.")
def status(as_json: bool) -> None:  # as click hands it in
    """Tell which nodes are there, and which of them looks after which account.

    Listens to the nodes for a second. Of each: its id, which is new with each start, its address,
    version, how many accounts it holds and streams it serves, how late its frames were lately, and
    whether it has other secrets than the first in the list. Of each account that a node polls or
    records: the node, and for how long. Changes nothing, and needs NATS alone.

    \b
    Examples:
      emporia-api cluster status
      emporia-api cluster status --json
    """
    settings = configured()

    from entrypoints.composition import look_at_cluster

    seen = asyncio.run(look_at_cluster(settings))
    now = datetime.now(UTC)
    if as_json:
        click.echo(json.dumps(_document(seen, now)))
        return
    document = _document(seen, now)
    if not document["nodes"]:
        click.echo("No node is there.")
    else:
        _show(NODES, map(_node_cells, document["nodes"]))
    if document["leases"]:
        click.echo()
        _show(LEASES, map(_lease_cells, document["leases"]))


def _document(seen: "ClusterSeen", now: datetime) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "id": node.id,
                "address": node.address,
                "version": node.version,
                "leases": node.leases,
                "streams": node.streams,
                "lagSeconds": round(node.lag_seconds, 4),
                "isStopping": node.is_stopping,
                "secretsUnlike": list(node.secrets_unlike(seen.nodes[0])),
            }
            for node in seen.nodes
        ],
        "leases": [
            {
                "account": held.account,
                "node": held.node,
                "heldSeconds": max(0, round((now - held.since).total_seconds())),
            }
            for held in seen.held
        ],
    }


def _node_cells(node: dict[str, Any]) -> Sequence[str]:
    return (
        legible(node["id"]),
        legible(node["address"]),
        legible(node["version"]),
        f"{node['leases']}",
        f"{node['streams']}",
        f"{node['lagSeconds'] * 1000:.1f} ms",
        ", ".join(_remarks(node)),
    )


def _remarks(node: dict[str, Any]) -> Iterable[str]:
    if node["isStopping"]:
        yield "stopping"
    for name in node["secretsUnlike"]:
        yield f"other {name}"


def _lease_cells(lease: dict[str, Any]) -> Sequence[str]:
    return f"{lease['account']}", legible(lease["node"]), f"{lease['heldSeconds']} s"


def _show(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        line = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
