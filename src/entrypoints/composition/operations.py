"""Whether the gateway does its work, and what it has been doing."""

from dependency_injector import providers

from adapters.sql.storage_health import SqlStorageHealth
from application.operations.check_readiness import CheckReadiness
from application.operations.count_events import CountEvents
from application.operations.log_events import LogEvents
from entrypoints.composition.platform import Platform


class Operations(Platform):
    """Health, and everybody's events counted and logged."""

    storage_health = providers.Singleton(SqlStorageHealth, Platform.engine)
    check_readiness = providers.Factory(CheckReadiness, storage=storage_health)
    event_counts = providers.Singleton(CountEvents)
    event_log = providers.Singleton(LogEvents)
