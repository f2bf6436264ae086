"""Being one of many nodes: joined before anybody is served, left before anybody is sent away."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.histogram import Histogram
from entrypoints.composition.cluster import Vitals

if TYPE_CHECKING:
    from adapters.nats.connection import NatsConnection
    from adapters.nats.lease_bucket import LeaseBucket
    from adapters.nats.leases import NatsLeases
    from adapters.nats.nodes import NatsNodes
    from entrypoints.composition.among_nodes import AmongNodes, Works

LEAVING_SECONDS = 2.0


class LatestLag:
    """How late ticks were on average since the last time it was asked for."""

    def __init__(self, lag: Histogram) -> None:
        self._lag = lag
        self._before = 0, 0.0

    def __call__(self) -> float:
        count, total = sum(self._lag.counts), self._lag.total
        (count_before, total_before), self._before = self._before, (count, total)
        ticks = count - count_before
        return (total - total_before) / ticks if ticks else 0.0


@dataclass(frozen=True, slots=True)
class Membership:
    """What runs for as long as this node is one of many; `leave` before anybody else closes."""

    connection: "NatsConnection"
    bucket: "LeaseBucket"
    leases: "NatsLeases"
    nodes: "NatsNodes"
    live: "AmongNodes"
    vitals: Vitals

    async def join(self) -> None:
        """Be one of them; raises NatsAway or LeaseSecondsDiffer."""
        await self.connection.open()
        await self.bucket.open()
        await self.nodes.open()
        await self.live.open()

    def works(self) -> "Works":
        """What goes on until it is cancelled, and what it is called."""
        return (
            (self.bucket.run, "leases to be renewed"),
            (self.leases.run, "leases that nobody asks for"),
            (self.nodes.run, "beats"),
            *self.live.works(),
        )

    async def leave(self) -> None:
        """Hand all over, and say so: others have it at once. Never raises.

        What nobody takes over within seconds, because NATS is away, ends with its leases.
        """
        self.vitals.is_stopping = lambda: True
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVING_SECONDS):
                await self.nodes.beat()
                await self.leases.hand_over()
