"""What monitoring may want to know of a node among others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.live.live_counts import LiveCounts
from application.ports.nodes import Nodes
from domain.operations.figures import Figure, counter, gauge


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterFigures:
    """Looks at what this node shares; `leases_held` and `lease_changes` are its own."""

    nodes: Nodes
    hears_nodes: Callable[[], bool]
    is_blind: Callable[[], bool]
    leases_held: Callable[[], int]
    lease_changes: Callable[[], int]
    counts: LiveCounts

    def __call__(self) -> Sequence[Figure]:
        """Every figure; nobody is asked."""
        counts = self.counts
        return [
            gauge("nodes", "Nodes that are there, this one included.", len(self.nodes.all())),
            gauge("nats_connected", "Whether NATS answers.", float(self.hears_nodes())),
            gauge("out_of_touch", "Whether nobody is served.", float(self.is_blind())),
            gauge("leases", "Accounts that this node looks after.", self.leases_held()),
            counter("lease_changes", "Accounts taken, let go or lost.", self.lease_changes()),
            counter("samples_published", "Samples told to other nodes.", counts.published),
            counter("samples_followed", "Samples that other nodes told.", counts.followed),
        ]
