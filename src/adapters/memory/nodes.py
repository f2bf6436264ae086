"""A node that is alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ports.nodes import Node, NodeId, Nodes


@dataclass(frozen=True, slots=True)
class NoOtherNodes(Nodes):
    """Knows of itself, and tells nobody."""

    own: Node

    @property
    def own_id(self) -> NodeId:
        return self.own.id

    def is_there(self, node: NodeId) -> bool:
        return node == self.own.id

    def all(self) -> Sequence[Node]:
        return (self.own,)
