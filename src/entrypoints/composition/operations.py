"""Whether the gateway does its work, and what it has been doing."""

from dependency_injector import providers

from adapters.sql.storage_health import SqlStorageHealth
from adapters.sqlite.erased_data import SqliteErasedData
from adapters.sqlite.foreign_changes import SqliteForeignChanges
from application.operations.check_readiness import CheckReadiness
from application.operations.count_events import CountEvents
from application.operations.log_events import LogEvents
from application.operations.notice_foreign_changes import NoticeForeignChanges
from application.operations.wipe_erased import WipeErased
from entrypoints.composition.live import Live
from entrypoints.composition.resources import owned


class Operations(Live):
    """Health, everybody's events counted and logged, and what other processes do to the storage."""

    storage_health = providers.Singleton(SqlStorageHealth, Live.engine)
    check_readiness = providers.Factory(CheckReadiness, storage=storage_health)
    event_counts = providers.Singleton(CountEvents)
    event_log = providers.Singleton(LogEvents)

    foreign_changes = providers.Singleton(owned, Live.resources, SqliteForeignChanges, Live.engine)
    notice_foreign_changes = providers.Singleton(
        NoticeForeignChanges,
        changes=foreign_changes,
        check_access=Live.check_access,
        open_streams=Live.open_streams,
        events=Live.events,
        clock=Live.clock,
    )
    erased_data = providers.Singleton(SqliteErasedData, Live.engine)
    wipe_erased = providers.Singleton(WipeErased, erased_data=erased_data, clock=Live.clock)
