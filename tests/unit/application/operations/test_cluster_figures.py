from adapters.fake.live.sample_exchange import JoinedExchanges
from adapters.fake.operations.storage_health import InMemoryStorageHealth
from application.live.live_counts import LiveCounts
from application.operations.check_readiness import CheckReadiness
from application.operations.cluster_figures import ClusterFigures


def test_a_node_tells_what_it_shares() -> None:
    joined = JoinedExchanges()
    node, _ = joined.node("a"), joined.node("b")
    figures = ClusterFigures(
        nodes=node,
        hears_nodes=lambda: True,
        is_blind=lambda: False,
        leases_held=lambda: 3,
        lease_changes=lambda: 7,
        counts=LiveCounts(published=5, followed=2),
    )
    told = {figure.name: figure.values[0][1] for figure in figures()}
    assert told == {
        "nodes": 2,
        "nats_connected": 1,
        "out_of_touch": 0,
        "leases": 3,
        "lease_changes": 7,
        "samples_published": 5,
        "samples_followed": 2,
    }


def test_alone_nothing_else_can_be_away() -> None:
    assert list(CheckReadiness(storage=InMemoryStorageHealth()).others_away()) == []
