"""What `cluster status` makes of the nodes that it saw."""

from datetime import UTC, datetime, timedelta

from application.ports.cluster_seen import ClusterSeen, HeldAccount
from application.ports.nodes import Node, NodeId
from domain.emporia.links import AccountId
from entrypoints.commands.cluster.status import _document, _lease_cells, _node_cells

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def held(*, since: datetime) -> ClusterSeen:
    lease = HeldAccount(account=AccountId(4711), node=NodeId("a"), since=since)
    return ClusterSeen(nodes=[], held=[lease])


def test_an_account_is_held_since_it_was_taken() -> None:
    (lease,) = _document(held(since=NOW - timedelta(seconds=90)), NOW)["leases"]

    assert lease == {"account": 4711, "node": "a", "heldSeconds": 90}
    assert _lease_cells(lease) == ("4711", "a", "90 s")


def test_a_node_whose_clock_is_ahead_has_held_it_for_no_time() -> None:
    (lease,) = _document(held(since=NOW + timedelta(seconds=2)), NOW)["leases"]

    assert lease["heldSeconds"] == 0


def test_a_node_tells_how_late_its_frames_are_in_milliseconds() -> None:
    node = Node(id=NodeId("a"), address="one:3000", version="1.2", lag_seconds=0.01234)

    (told,) = _document(ClusterSeen(nodes=[node], held=[]), NOW)["nodes"]

    assert told["lagSeconds"] == 0.0123
    assert _node_cells(told) == ("a", "one:3000", "1.2", "0", "0", "12.3 ms", "")


def test_a_node_with_other_secrets_than_the_first_is_named() -> None:
    nodes = [
        Node(id=NodeId(name), address="", version="", token_secrets=(secret,), is_stopping=True)
        for name, secret in (("a", "one"), ("b", "two"))
    ]

    first, second = _document(ClusterSeen(nodes=nodes, held=[]), NOW)["nodes"]

    assert first["secretsUnlike"] == []
    assert second["secretsUnlike"] == ["TOKEN_SECRETS"]
    assert _node_cells(second)[-1] == "stopping, other TOKEN_SECRETS"


def test_nothing_that_a_node_tells_is_obeyed_by_a_terminal() -> None:
    node = Node(id=NodeId("a\x1b[2J"), address="one\n:3000", version="\x9b1m")

    (told,) = _document(ClusterSeen(nodes=[node], held=[]), NOW)["nodes"]

    assert all(cell.isprintable() for cell in _node_cells(told))
