"""What was measured."""

from dependency_injector import providers

from adapters.memory.recent_figures import InMemoryRecentFigures
from adapters.pcodec.late_chunk_codec import LateChunkCodec
from adapters.sql.archive.archives import SqlArchives
from adapters.system.heavy_work import ThreadedHeavyWork
from application.archive.ask_cloud import AskCloud
from application.archive.flows.read_flows import ReadFlows
from application.archive.forget_archives import ForgetArchives
from application.archive.keep_readings import KeepReadings
from application.archive.list_archive import ListArchive
from application.archive.months import Months
from application.archive.read_archive import ReadArchive
from application.archive.read_history import ReadHistory
from application.archive.read_many import ReadMany
from application.archive.read_series import ReadSeries
from entrypoints.composition.emporia import Emporia
from entrypoints.composition.resources import owned
from entrypoints.composition.storage import chosen


class Archive(Emporia):
    """Keeping what was measured, and reading it back."""

    archive_engine = providers.Singleton(
        chosen.archive_engine, Emporia.resources, Emporia.settings, Emporia.engine.provider
    )
    chunk_store = providers.Singleton(
        chosen.chunk_store, Emporia.settings, archive_engine, Emporia.fences
    )
    archives = providers.Singleton(SqlArchives, archive_engine)
    chunk_codec = providers.Singleton(LateChunkCodec)
    heavy_work = providers.Singleton(owned, Emporia.resources, ThreadedHeavyWork)
    months = providers.Singleton(Months, store=chunk_store, codec=chunk_codec, work=heavy_work)
    keep_readings = providers.Singleton(
        KeepReadings,
        store=chunk_store,
        codec=chunk_codec,
        work=heavy_work,
        months=months,
        events=Emporia.events,
    )
    ask_cloud = providers.Singleton(
        AskCloud,
        gateway=Emporia.emporia_gateway,
        calls=Emporia.calls,
        keep=keep_readings,
        codec=chunk_codec,
        work=heavy_work,
        clock=Emporia.clock,
        concurrency=Emporia.settings.provided.history_concurrency,
    )
    read_archive = providers.Singleton(
        ReadArchive,
        store=chunk_store,
        codec=chunk_codec,
        work=heavy_work,
        months=months,
        events=Emporia.events,
        clock=Emporia.clock,
    )
    read_series = providers.Singleton(
        ReadSeries,
        archive=read_archive,
        cloud=ask_cloud,
        recent=providers.Singleton(InMemoryRecentFigures, Emporia.clock),
        budgets=Emporia.budgets,
        shares=Emporia.read_shares,
        work=heavy_work,
        clock=Emporia.clock,
    )
    read_history = providers.Factory(
        ReadHistory,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        calls=Emporia.calls,
        budgets=Emporia.budgets,
        shares=Emporia.read_shares,
        cloud=ask_cloud,
        series=read_series,
        work=heavy_work,
        most_buckets=Emporia.settings.provided.history_max_buckets,
    )
    read_many = providers.Factory(
        ReadMany,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        series=read_series,
        work=heavy_work,
        most_buckets=Emporia.settings.provided.history_max_buckets,
    )
    read_flows = providers.Factory(
        ReadFlows,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        series=read_series,
        months=months,
        work=heavy_work,
        most_buckets=Emporia.settings.provided.history_max_buckets,
    )
    list_archive = providers.Factory(
        ListArchive,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        store=chunk_store,
        months=months,
        work=heavy_work,
        clock=Emporia.clock,
    )

    forget_archives = providers.Singleton(
        ForgetArchives,
        archives=archives,
        links=Emporia.emporia_links,
        erased_data=providers.Singleton(chosen.erased_data, Emporia.settings, archive_engine),
        clock=Emporia.clock,
        days_after_unlink=Emporia.settings.provided.archive_keep_days_after_unlink,
    )
