"""The nodes of a cluster, as somebody sees them who is none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.ports.nodes import Node, NodeId
from domain.emporia.links import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAccount:
    """Which node holds an account, and since when (UTC), as it told."""

    account: AccountId
    node: NodeId
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSeen:
    """The nodes that were heard of, and every account that one holds; in order."""

    nodes: Sequence[Node]
    held: Sequence[HeldAccount]
