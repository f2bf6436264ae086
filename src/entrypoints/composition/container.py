"""The one composition root: all rooms together, and who listens to whose events."""

from typing import TYPE_CHECKING, cast

from dependency_injector import providers

from entrypoints.composition.billing import Billing
from entrypoints.composition.exchange import Exchange
from entrypoints.composition.membership import LatestLag, Membership
from entrypoints.composition.operations import Operations
from entrypoints.composition.recorder import Recorder
from entrypoints.http.billing.utility import UtilityUploads
from entrypoints.http.exchange.export_stream import ExportAnswers
from entrypoints.http.exchange.import_ import ImportUploads
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from adapters.nats.lease_bucket import LeaseBucket
    from adapters.nats.leases import NatsLeases
    from adapters.nats.nodes import NatsNodes
    from entrypoints.composition.among_nodes import AmongNodes


class Container(Operations, Recorder, Exchange, Billing):
    """Parts are made when first asked for; `resources` closes those that were, newest first.

    A room builds on the rooms it may know, so every part has one name in all of them. Put a fake
    behind a port with `container.<name>.override(providers.Object(fake))`.
    """

    membership: providers.Provider[Membership | None] = providers.Object(None)
    """Put in place by `join_cluster`."""

    export_answers = providers.Factory(
        ExportAnswers,
        plan=Exchange.plan_export,
        export=Exchange.export_archive,
        tables=Exchange.export_tables,
        at_once=Exchange.exports_at_once,
        work=Exchange.heavy_work,
        stopping=Operations.stopping,
    )
    import_uploads = providers.Factory(
        ImportUploads,
        begin=Exchange.begin_import,
        limit_bytes=Exchange.settings.provided.import_limit_bytes,
    )
    utility_files_sent = providers.Factory(
        UtilityUploads,
        keep=Billing.keep_utility_readings,
        limit_bytes=Billing.settings.provided.import_limit_bytes,
    )


def build_container(settings: Settings) -> Container:
    """Everything the gateway is made of, nothing of it opened yet."""
    container = Container(settings=providers.Object(settings))
    container.cost_board.override(container.live_costs)  # a room above tells it what costs
    if settings.nats_url:
        from entrypoints.composition.among_nodes import share_live

        share_live(container)
    return container


async def join_cluster(container: Container) -> Membership | None:
    """Be one of many nodes where NATS_URL says so; raises NatsAway or LeaseSecondsDiffer."""
    connection = container.nats()
    if connection is None:
        return None
    counts = container.live_counts()
    vitals = container.vitals()
    streams = container.open_streams()
    vitals.streams = lambda: len(streams.all())
    vitals.lag_seconds = LatestLag(counts.lag)
    parts = container.lease_bucket(), container.leases(), container.nodes()
    live = cast("AmongNodes", container.among_nodes())
    membership = Membership(
        connection, *cast("tuple[LeaseBucket, NatsLeases, NatsNodes]", parts), live, vitals
    )
    await membership.join()
    container.membership.override(providers.Object(membership))
    return membership


async def leave_cluster(container: Container) -> None:
    """Hand over what other nodes can go on with; to be done before anybody is sent away."""
    membership = container.membership()
    if membership is not None:
        await membership.leave()


def connect_listeners(container: Container) -> None:
    """Let every room hear the events that concern it; a room's listener is made here."""
    events = container.events()
    container.follow_accounts().listen(events)
    container.live_costs().listen(events)
    container.keep_last_known().listen(events)
    container.event_counts().listen(events)
    container.event_log().listen(events)
    container.outcomes().listen(events)
    container.wipe_erased().listen(events)
    container.keep_trail().listen(events)
    container.forget_archives().listen(events)
    container.record().listen(events)
    container.forget_utility_readings().listen(events)
