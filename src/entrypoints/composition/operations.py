"""Whether the gateway does its work, and what it has been doing."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dependency_injector import providers

from adapters.memory.emporia_user_pool import CountingEmporiaUserPool
from application.operations.call_times import CallTimes
from application.operations.check_readiness import CheckReadiness
from application.operations.count_events import CountEvents
from application.operations.count_outcomes import CountOutcomes
from application.operations.keep_trail import KeepTrail
from application.operations.log_events import LogEvents
from application.operations.notice_foreign_changes import NoticeForeignChanges
from application.operations.read_figures import ReadFigures
from application.operations.wipe_erased import WipeErased
from domain.operations.figures import Figure
from entrypoints.composition.live import Live
from entrypoints.composition.storage import chosen

if TYPE_CHECKING:
    from adapters.prometheus.exposition import Exposition
    from entrypoints.composition.among_nodes import AmongNodes


def _refreshes(pool: CountingEmporiaUserPool) -> Mapping[str, int]:
    return pool.refreshes


def _exposition(read_figures: ReadFigures) -> "Exposition":
    """Loaded here, for most gateways are asked for no figures."""
    from adapters.prometheus.exposition import Exposition

    return Exposition(read_figures)


class Operations(Live):
    """Health, everybody's events counted and logged, and what other processes do to the storage."""

    storage_health = providers.Singleton(
        chosen.storage_health, Live.settings, Live.engine, Live.clock
    )
    others_away: providers.Provider[Callable[[], Sequence[str]]] = providers.Object(tuple)
    cluster_figures: providers.Provider[Callable[[], Sequence[Figure]]] = providers.Object(tuple)
    """Both are put in place where there are other nodes."""

    check_readiness = providers.Factory(
        CheckReadiness, storage=storage_health, others_away=others_away
    )
    event_counts = providers.Singleton(CountEvents)
    event_log = providers.Singleton(LogEvents)

    foreign_changes = providers.Singleton(
        chosen.foreign_changes, Live.resources, Live.settings, Live.engine
    )
    notice_foreign_changes = providers.Singleton(
        NoticeForeignChanges,
        changes=foreign_changes,
        stream_usage=Live.stream_usage,
        open_streams=Live.open_streams,
        events=Live.events,
        clock=Live.clock,
    )
    among_nodes: providers.Provider["AmongNodes | None"] = providers.Object(None)
    """What is shared with other nodes, where there are some."""

    erased_data = providers.Singleton(chosen.erased_data, Live.settings, Live.engine)
    wipe_erased = providers.Singleton(WipeErased, erased_data=erased_data, clock=Live.clock)

    keep_trail = providers.Singleton(
        KeepTrail, trail=Live.trail, clock=Live.clock, days=Live.settings.provided.audit_days
    )

    outcomes = providers.Singleton(CountOutcomes)
    call_times = providers.Singleton(
        CallTimes, counts_calls=providers.Callable(bool, Live.settings.provided.metrics_port)
    )
    storage_size = providers.Singleton(
        chosen.storage_size, Live.settings, Live.engine.provider, Live.clock
    )
    read_figures = providers.Singleton(
        ReadFigures,
        open_streams=Live.open_streams,
        feeds=Live.feeds,
        live_counts=Live.live_counts,
        outcomes=outcomes,
        event_counts=event_counts,
        refreshes=providers.Callable(_refreshes, Live.counting_user_pool).provider,
        budgets=Live.budgets,
        passwords=Live.passwords,
        call_times=call_times,
        storage=storage_health,
        storage_size=storage_size,
        cluster=cluster_figures,
    )
    exposition = providers.Singleton(_exposition, read_figures)
