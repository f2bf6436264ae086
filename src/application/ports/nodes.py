"""The other processes that serve the same installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

NodeId = NewType("NodeId", str)
"""Made anew with each process, so that no two that ever ran share one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What a node told of itself last; `lag_seconds` is how late its loop ran then.

    Of the secrets that it shares with others it tells fingerprints, first of the one that it signs
    or seals with.
    """

    id: NodeId
    address: str
    version: str
    leases: int = 0
    streams: int = 0
    lag_seconds: float = 0.0
    is_stopping: bool = False
    token_secrets: tuple[str, ...] = ()
    sealing_keys: tuple[str, ...] = ()

    def secrets_unlike(self, other: "Node") -> Sequence[str]:
        """The settings of secrets with which one of the two makes what the other can't read.

        What a node does not tell, as one of an older version, is taken to be alike.
        """
        both = (
            ("TOKEN_SECRETS", self.token_secrets, other.token_secrets),
            ("SEALING_KEYS", self.sealing_keys, other.sealing_keys),
        )
        return [
            name
            for name, own, theirs in both
            if own and theirs and (own[0] not in theirs or theirs[0] not in own)
        ]


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
