"""The other processes that serve the same installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

NodeId = NewType("NodeId", str)
"""Made anew with each process, so that no two that ever ran share one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What a node told of itself last; `lag_seconds` is how late its loop ran then."""

    id: NodeId
    address: str
    version: str
    leases: int = 0
    streams: int = 0
    lag_seconds: float = 0.0
    is_stopping: bool = False


class Nodes(Protocol):
    """Who else is there. Alone, a node knows of itself alone."""

    @property
    def own_id(self) -> NodeId:
        """What this node is called."""
        ...

    def is_there(self, node: NodeId) -> bool:
        """Whether the node was heard of within the last second and is not about to stop."""
        ...

    def all(self) -> Sequence[Node]:
        """This node and those that are there, by their ids."""
        ...
