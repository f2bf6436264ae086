"""Who asks Emporia for what will be forgotten: it makes way for whoever watches."""

from dependency_injector import providers

from application.archive.choose_recording import ChooseRecording
from application.archive.plan_recording import PlanRecording
from application.archive.read_recorder import ReadRecorder
from application.archive.record import Record
from entrypoints.composition.archive import Archive
from entrypoints.composition.live import Live


class Recorder(Live, Archive):
    """The recorder, what it is told, and what it tells."""

    record = providers.Singleton(
        Record,
        links=Archive.emporia_links,
        planning=providers.Singleton(
            PlanRecording,
            directory=Archive.directory,
            store=Archive.chunk_store,
            archives=Archive.archives,
            codec=Archive.chunk_codec,
            cloud=Archive.ask_cloud,
            work=Archive.heavy_work,
            clock=Archive.clock,
        ),
        cloud=Archive.ask_cloud,
        budgets=Archive.budgets,
        leases=Archive.leases,
        nodes=Archive.nodes,
        watchers=Live.feeds,
        clock=Archive.clock,
    )
    read_recorder = providers.Factory(
        ReadRecorder,
        links=Archive.emporia_links,
        archives=Archive.archives,
        record=record,
        clock=Archive.clock,
        is_on=Archive.settings.provided.recorder,
        daily_requests=Archive.settings.provided.emporia_daily_requests,
    )
    choose_recording = providers.Factory(
        ChooseRecording,
        links=Archive.emporia_links,
        archives=Archive.archives,
        events=Archive.events,
        read=read_recorder,
    )
