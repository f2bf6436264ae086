"""What a node shares with others of what is live: samples, events, and what it can still hear.

Loaded where NATS_URL names a server.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from dependency_injector import providers

from adapters.emporia.late_usages import late_usages
from adapters.memory.events import InProcessEvents
from adapters.nats.connection import NatsConnection
from adapters.nats.events import NatsEvents
from adapters.nats.leases import NatsLeases
from adapters.nats.sample_exchange import NatsSampleExchange
from application.live.cluster.ask_holder import AskHolder
from application.live.cluster.relays import Relays
from application.live.cluster.shared_feed import SharedFeed
from application.live.feed.feeds import LiveFeeds
from application.operations.cluster_figures import ClusterFigures
from application.operations.keep_sight import KeepSight
from entrypoints.composition.operations import Operations
from entrypoints.composition.resources import owned

Works = Sequence[tuple[Callable[[], Coroutine[Any, Any, object]], str]]
"""What goes on until it is cancelled, and what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmongNodes:
    """What has to be opened when the connection is, and run for as long as the gateway does."""

    events: NatsEvents
    exchange: NatsSampleExchange
    relays: Relays
    feeds: LiveFeeds
    sight: KeepSight

    async def open(self) -> None:
        """Hear the others from now on."""
        await self.events.open()
        self.relays.serve(self.feeds.keep)
        await self.exchange.open()

    def works(self) -> Works:
        """What goes on until it is cancelled, and what it is called."""
        return (self.relays.run, "relays"), (self.sight.run, "sight of the others")


def share_live(container: Operations) -> None:
    """Put what is shared in the place of what is one node's own; nothing of it is made yet."""
    events = providers.Singleton(
        NatsEvents,
        providers.Singleton(InProcessEvents),
        container.nats,
        node_id=container.node_id,
        changes=container.foreign_changes.provider,
    )
    exchange = providers.Singleton(
        owned,
        container.resources,
        NatsSampleExchange,
        container.nats,
        sample_in=late_usages,
        clock=container.clock,
    )
    relays = providers.Singleton(
        Relays,
        nodes=container.nodes,
        leases=container.leases,
        exchange=exchange,
        samples=container.samples,
        budgets=container.budgets,
        counts=container.live_counts,
        clock=container.clock,
    )
    sight = providers.Singleton(
        KeepSight,
        hears_nodes=providers.Callable(_hears, container.nats).provider,
        changes=container.foreign_changes,
        open_streams=container.open_streams,
        clock=container.clock,
        longest_seconds=container.settings.provided.cluster_blind_seconds,
    )
    container.others_away.override(providers.Callable(_away, container.nats).provider)
    container.cluster_figures.override(
        providers.Singleton(
            ClusterFigures,
            nodes=container.nodes,
            hears_nodes=providers.Callable(_hears, container.nats).provider,
            is_blind=providers.Callable(_is_blind, sight).provider,
            leases_held=providers.Callable(_held, container.leases).provider,
            lease_changes=providers.Callable(_changes, container.leases).provider,
            counts=container.live_counts,
        )
    )
    container.events.override(events)
    container.sight.override(sight)
    container.ask_holder.override(
        providers.Singleton(AskHolder, leases=container.leases, exchange=exchange)
    )
    container.feed.override(providers.Factory(SharedFeed, relays=relays, **container.feed.kwargs))
    container.among_nodes.override(
        providers.Singleton(
            AmongNodes,
            events=events,
            exchange=exchange,
            relays=relays,
            feeds=container.feeds,
            sight=sight,
        )
    )


def _away(connection: NatsConnection) -> Sequence[str]:
    return () if connection.connected else ("nats",)


def _is_blind(sight: KeepSight) -> bool:
    return sight.is_blind


def _held(leases: NatsLeases) -> int:
    return leases.held


def _changes(leases: NatsLeases) -> int:
    return leases.changes


def _hears(connection: NatsConnection) -> bool:
    return connection.connected
